"""Voice, rate and face change in mid-sentence: at a word, in a dissolve, never to one that cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from avatar.still_face import StillFace, StillPerformance
from narrator.background import in_background
from narrator.errors import VoiceError
from narrator.flow import Delivery, RgbImage, Sentence, Utterance, Viewport, Waiting
from narrator.speech.silent_voice import SilentVoice
from narrator.stages import Control, Performance
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for

LONG = "One two three four five six seven eight nine ten."


@dataclass(frozen=True)
class WhitePerformance(StillPerformance):
    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        return np.full_like(super().draw(time_s, viewport), 255)


class White(StillFace):
    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> StillPerformance:
        still = super().perform(utterance, delivery, viewport, clock_s)
        return WhitePerformance(still.utterance, still.start_s, still.end_s, still.viewport)


class Planning(StillFace):
    """Goes on planning while it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_s: list[float] = []

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> StillPerformance:
        still = super().perform(utterance, delivery, viewport, clock_s)
        return PlannedPerformance(still.utterance, still.start_s, still.end_s, still.viewport, asked_s=self.asked_s)


@dataclass(frozen=True)
class PlannedPerformance(WhitePerformance):
    asked_s: list[float] = field(default_factory=list)

    def wait_for(self, time_s: float) -> None:
        self.asked_s.append(time_s)


class Watching(SlowOutput):
    """Keeps the brightness of every frame, and every sound."""

    def __init__(self) -> None:
        super().__init__(keeps_sound=True)
        self.levels: list[int] = []

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        for position_s in super().play(performance, control):
            assert self.last_frame is not None
            self.levels.append(int(self.last_frame[0, 0, 0]))
            yield position_s


ONE_LONG_SENTENCE = " ".join([LONG[:-1]] * 4) + "."


def test_another_face_dissolves_in_while_the_sentence_goes_on() -> None:
    watching = Watching()
    session = quick_session([watching])
    session.enqueue(passage(ONE_LONG_SENTENCE))
    wait_for(lambda: watching.frame_count > 3)
    session.change(face=White())
    wait_for(lambda: watching.levels[-1] == 255)
    session.close(completed=False)
    assert len(watching.sentences) == 1
    between = [level for level in watching.levels if watching.levels[0] < level < 255]
    assert 2 <= len(between) <= 4
    assert between == sorted(between)


def test_a_face_that_still_plans_is_waited_for_before_it_takes_over() -> None:
    watching, planning = Watching(), Planning()
    session = quick_session([watching])
    session.enqueue(passage(ONE_LONG_SENTENCE))
    wait_for(lambda: watching.frame_count > 3)
    session.change(face=planning)
    wait_for(lambda: watching.levels[-1] == 255)
    session.close(completed=False)
    assert len(planning.asked_s) == 1
    assert planning.asked_s[0] > 0.0


def test_a_new_rate_is_heard_at_one_of_the_next_words() -> None:
    watching = Watching()
    session = quick_session([watching])
    session.enqueue(passage(ONE_LONG_SENTENCE, "And the next."))
    wait_for(lambda: watching.frame_count > 3)
    usual_s = SilentVoice().speak(Sentence(ONE_LONG_SENTENCE, "en"), Delivery()).duration_s
    brisk_s = SilentVoice().speak(Sentence(ONE_LONG_SENTENCE, "en"), Delivery(rate_wpm=200)).duration_s
    session.change(delivery=Delivery(rate_wpm=200))
    assert session.wait_until_idle(20)
    session.close()
    assert watching.sentences == [ONE_LONG_SENTENCE, "And the next."]
    assert brisk_s < len(watching.sound[0]) / watching.rate_hz < 0.9 * usual_s
    next_s = SilentVoice().speak(Sentence("And the next.", "en"), Delivery(rate_wpm=200)).duration_s
    assert len(watching.sound[1]) / watching.rate_hz == pytest.approx(next_s, abs=0.01)


def test_words_keep_their_places_through_a_change_of_rate() -> None:
    slow = SlowOutput()
    session = quick_session([slow])
    seen = in_background(lambda: list(session.subscribe()))
    session.enqueue(passage(ONE_LONG_SENTENCE))
    wait_for(lambda: slow.frame_count > 3)
    session.change(delivery=Delivery(rate_wpm=200))
    assert session.wait_until_idle(20)
    session.close()
    said = [state.word_index for state in seen.result(5) if state.word]
    assert said == sorted(said)
    assert said[-1] == 39


def test_a_voice_that_cannot_speak_is_named_and_the_one_before_goes_on() -> None:
    class Mute(SilentVoice):
        def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
            raise VoiceError("a sound", "it is mute", "Choose another voice.")

    slow = SlowOutput()
    running = quick_session([slow])
    running.enqueue(passage(*[f"Number {number}. {LONG}" for number in range(20)]))
    wait_for(lambda: slow.frame_count > 3)
    running.change(voice=Mute())
    wait_for(lambda: bool(running.state.faults))
    count = len(slow.sentences)
    wait_for(lambda: len(slow.sentences) > count + 2)
    assert [(fault.part, fault.name) for fault in running.state.faults] == [("voice", "page")]
    numbers = [int(text.split()[1][:-1]) for text in slow.sentences if text.startswith("Number")]
    running.close(completed=False)
    assert numbers == list(range(len(numbers))), "no sentence is left out"
