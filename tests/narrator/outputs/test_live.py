"""A live output keeps step, keeps the face alive in silence, and follows its screen's wishes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from avatar.performer import Performer
from narrator.captions import with_captions
from narrator.flow import Delivery, RgbImage, Sentence, Viewport
from narrator.outputs.live import SMALL_MOUTH_PX, LiveOutput
from narrator.outputs.speaker import WallClockSpeaker
from narrator.speech.silent_voice import SilentVoice
from narrator.stages import Performance
from tests.contracts.controls import HandControl
from tests.narrator.outputs.memory_screen import MemoryScreen

VIEW = Viewport(160, 120, 30.0, "mouth")
Make = Callable[..., Any]


@pytest.fixture(scope="module")
def ada() -> Performer:
    performer = Performer("ada")
    performer.rest(Delivery(), VIEW, 0.0)
    return performer


class AtRest:
    """Follows narrator.stages.WaitingFace."""

    is_thinking = False

    def __init__(self, face: Performer) -> None:
        self._face = face
        self.thoughts: list[float] = []

    def rest(self, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        self.thoughts.append(thinking)
        return self._face.rest(Delivery(), viewport, clock_s, thinking)

    def mouth_width_px(self, viewport: Viewport) -> float:
        return self._face.mouth_width_px(viewport)


class Live:
    """A live output that plays in a thread, as a session would."""

    def __init__(self, face: Performer | None = None, view: Viewport = VIEW) -> None:
        self.screen, self.control = MemoryScreen(), HandControl()
        self.output = LiveOutput(self.screen, speaker=WallClockSpeaker())
        if face is not None:
            self.face = AtRest(face)
            self.output.attach_face(self.face)
        self.output.open(view, 22_050)
        self.thread = threading.Thread()

    def play(self, performance: Performance) -> None:
        self.thread = threading.Thread(target=lambda: list(self.output.play(performance, self.control)))
        self.thread.start()

    def since(self, began_s: float) -> list[RgbImage]:
        return [picture for at_s, picture in self.screen.pictures if at_s > began_s]


@pytest.fixture
def live() -> Iterator[Callable[..., Live]]:
    made: list[Live] = []

    def make(*arguments: Any) -> Live:
        made.append(Live(*arguments))
        return made[-1]

    yield make
    for one in made:
        one.control.interrupted = True
        if one.thread.ident is not None:
            one.thread.join(5)
        one.output.close(completed=False)


def spoken(ada: Performer, text: str, clock_s: float = 0.0) -> Performance:
    utterance = SilentVoice().speak(Sentence(text, "en", pause_s=0.5), Delivery())
    return with_captions(ada.perform(utterance, Delivery(), VIEW, clock_s))


def changes(pictures: list[RgbImage]) -> np.ndarray:
    """How much each picture differs from the one before: the mean over its pixels, 0..255."""
    pairs = zip(pictures, pictures[1:], strict=False)
    return np.array([np.abs(after.astype(int) - before).mean() for before, after in pairs])


def wait_until(is_so: Callable[[], bool], limit_s: float = 10.0) -> None:
    until_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < until_s
        time.sleep(0.01)


def test_the_face_is_there_and_alive_before_the_first_word(ada: Performer, live: Callable[..., Live]) -> None:
    one = live(ada)
    wait_until(lambda: len(one.since(0.0)) >= 10)
    pictures = one.since(0.0)
    assert (changes(pictures) > 0).mean() > 0.8


def test_a_pause_closes_the_mouth_without_a_jump_and_the_face_lives_on(
    ada: Performer, live: Callable[..., Live]
) -> None:
    one = live(ada)
    one.play(spoken(ada, "Aaaa ah ah aha, aha ah ahaha, ah aha ahah ah aha."))
    time.sleep(1.2)
    paused_s = time.perf_counter()
    one.control.paused = True
    time.sleep(2.0)
    assert one.screen.paused == [True]
    held = [picture for picture in one.since(paused_s + 0.05)]
    speaking = changes([picture for at_s, picture in one.screen.pictures if at_s < paused_s])
    assert changes(held).max() <= 1.5 * speaking.max(), "no jump"
    last = held[-12:]
    assert (changes(last) > 0).mean() > 0.8, "it breathes and sways"
    shown_s = one.screen.pictures[-1][0]
    at_rest = AtRest(ada).rest(VIEW, shown_s).astype(int)
    assert np.abs(one.screen.pictures[-1][1] - at_rest).mean() < np.abs(held[0] - at_rest).mean()


def test_while_a_text_is_fetched_the_face_thinks_and_then_no_more(ada: Performer, live: Callable[..., Live]) -> None:
    one = live(ada)
    wait_until(lambda: len(one.face.thoughts) > 3)
    assert max(one.face.thoughts) == 0.0
    one.face.is_thinking = True
    wait_until(lambda: one.face.thoughts[-1] == 1.0)
    one.face.is_thinking = False
    wait_until(lambda: one.face.thoughts[-1] == 0.0)


def test_a_new_text_closes_the_mouth_without_a_jump_before_it_is_said(
    ada: Performer, live: Callable[..., Live]
) -> None:
    one = live(ada)
    one.play(spoken(ada, "Aaaa ah ah aha, aha ah ahaha, ah aha ahah ah aha."))
    time.sleep(1.2)
    broken_s = time.perf_counter()
    one.control.interrupted = True
    one.thread.join(5)
    one.control.interrupted = False
    one.play(spoken(ada, "Papa papa papa.", clock_s=1.2))
    time.sleep(1.0)
    speaking = changes([picture for at_s, picture in one.screen.pictures if at_s < broken_s])
    going_over = changes(one.since(broken_s)[:20])
    assert going_over.max() <= 2 * speaking.max(), "no jump"
    at_rest = AtRest(ada).rest(VIEW, 0.0).astype(int)
    away = [np.abs(picture.astype(int) - at_rest).mean() for picture in one.since(broken_s)[:20]]
    assert min(away) < away[0], "it closes on the way"


def test_between_two_texts_the_face_waits_alive_and_the_caption_goes(ada: Performer, live: Callable[..., Live]) -> None:
    one = live(ada)
    one.play(spoken(ada, "Hello."))
    one.thread.join(5)
    ended_s = time.perf_counter()
    wait_until(lambda: len(one.since(ended_s + 0.2)) >= 8)
    waiting = one.since(ended_s + 0.2)
    assert (changes(waiting) > 0).mean() > 0.8
    wait_until(lambda: one.screen.said[-1] == "")


def test_another_size_is_drawn_at_that_size(ada: Performer, live: Callable[..., Live]) -> None:
    one = live(ada)
    one.play(spoken(ada, "One two three four five six seven eight nine."))
    time.sleep(0.5)
    wanted = replace(VIEW, width=240, height=200, framing="face")
    one.screen.wanted = replace(one.screen.wanted, viewport=wanted)
    wait_until(lambda: one.screen.pictures[-1][1].shape == (200, 240, 3))
    assert {picture.shape for _, picture in one.screen.pictures} == {(120, 160, 3), (200, 240, 3)}, "never scaled"


def test_a_mouth_too_small_to_be_read_is_told(ada: Performer, live: Callable[..., Live]) -> None:
    assert live(ada, replace(VIEW, width=640, height=360, framing="mouth")).screen.notices[1:] == []
    small = live(ada, replace(VIEW, framing="face"))
    assert f"{SMALL_MOUTH_PX:.0f}" in small.screen.notices[1]


def test_a_sentence_changed_while_it_plays_goes_on_in_its_new_sound(
    live: Callable[..., Live], make_performance: Make
) -> None:
    class Heard(WallClockSpeaker):
        lengths: list[int] = []  # noqa: RUF012

        def replace(self, samples: Any, rate_hz: int) -> None:
            self.lengths.append(len(samples))

    one = live()
    one.output._sound.speaker = heard = Heard()
    performance = make_performance(10.0, ())
    one.play(performance)
    time.sleep(0.3)
    shorter = replace(performance.utterance, samples=performance.utterance.samples[:22_050])
    performance.utterance = shorter
    one.thread.join(3)
    assert not one.thread.is_alive(), "it ends where the shorter sound ends"
    assert heard.lengths == [22_050]


def test_closing_it_while_the_face_waits_leaves_no_thread_drawing(ada: Performer, live: Callable[..., Live]) -> None:
    one = live(ada)
    time.sleep(0.2)
    one.output.close(completed=True)
    count = len(one.screen.pictures)
    time.sleep(0.2)
    assert len(one.screen.pictures) == count
