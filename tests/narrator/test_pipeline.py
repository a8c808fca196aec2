"""The one recipe: in order, prepared ahead, on one thread, cancelled at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from avatar.still_face import StillFace, StillPerformance
from narrator.errors import SourceUnreadable
from narrator.flow import Delivery, Sentence, Utterance, Viewport
from narrator.pipeline import LOOK_AHEAD, Performances, performances
from narrator.speech.silent_voice import SilentVoice
from narrator.timeline import next_begin_s
from tests.best_of import best_of
from tests.narrator.quick_narration import quick_cast, spoken, wait_for


@pytest.fixture
def studio() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


class ListeningVoice(SilentVoice):
    """Notes what it said and on which thread."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.threads: set[int] = set()

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        self.said.append(sentence.text)
        self.threads.add(threading.get_ident())
        return super().speak(sentence, delivery)


def test_sentences_come_out_in_order_with_captions(studio: ThreadPoolExecutor) -> None:
    made = list(performances(spoken("One here.", "Two here.", "Three."), quick_cast(), studio))
    assert [one.utterance.sentence.text for one in made] == ["One here.", "Two here.", "Three."]
    assert [one.captions[0].lines for one in made] == [("One here.",), ("Two here.",), ("Three.",)]


def test_it_prepares_a_few_sentences_ahead_and_no_more(studio: ThreadPoolExecutor) -> None:
    voice = ListeningVoice()
    made = performances(spoken(*"abcdefghij"), replace(quick_cast(), voice=voice), studio)
    next(made)
    wait_for(lambda: len(voice.said) == 1 + LOOK_AHEAD)
    time.sleep(0.02)
    assert len(voice.said) == 1 + LOOK_AHEAD
    made.close()


def test_the_first_sentence_does_not_wait_for_the_second(studio: ThreadPoolExecutor) -> None:
    go_on = threading.Event()

    def slow_reader() -> Iterator[Sentence]:
        yield Sentence("First.", "en")
        go_on.wait(10)
        yield Sentence("Second.", "en")

    made = performances(slow_reader(), quick_cast(), studio)
    assert next(made).utterance.sentence.text == "First."
    go_on.set()
    assert next(made).utterance.sentence.text == "Second."


def test_the_voice_is_called_from_one_thread_across_two_recipes(studio: ThreadPoolExecutor) -> None:
    cast = replace(quick_cast(), voice=(voice := ListeningVoice()))
    list(performances(spoken("a"), cast, studio))
    list(performances(spoken("b"), cast, studio))
    assert len(voice.threads) == 1


def test_it_ends_within_100_ms_of_a_cancel_while_the_voice_is_busy(studio: ThreadPoolExecutor) -> None:
    go_on = threading.Event()

    class Stuck(SilentVoice):
        def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
            go_on.wait(10)
            return super().speak(sentence, delivery)

    cast = replace(quick_cast(), voice=Stuck())

    def ended_after_s() -> float:
        cancelled_s = time.monotonic() + 0.05
        made = Performances(
            lambda _first: spoken("a"), cast, studio, is_cancelled=lambda: time.monotonic() >= cancelled_s
        )
        assert list(made) == []
        return time.monotonic() - cancelled_s

    assert best_of(ended_after_s, promised=0.1) < 0.1
    go_on.set()


def test_a_fault_comes_at_its_own_sentence(studio: ThreadPoolExecutor) -> None:
    def reader() -> Iterator[Sentence]:
        yield Sentence("First.", "en")
        raise SourceUnreadable("a page", "it is torn", "Mend it.")

    made = performances(reader(), quick_cast(), studio)
    assert next(made).utterance.sentence.text == "First."
    with pytest.raises(SourceUnreadable):
        next(made)


def test_sway_runs_on_from_one_utterance_into_the_next(studio: ThreadPoolExecutor) -> None:
    moments: list[float] = []

    class Noting(StillFace):
        def perform(
            self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float
        ) -> StillPerformance:
            moments.append(clock_s)
            return super().perform(utterance, delivery, viewport, clock_s)

    cast = replace(quick_cast(), face=Noting())
    made = list(Performances(lambda _first: spoken("a", "b"), cast, studio, clock_s=10.0))
    preroll_s = -made[0].start_s
    assert moments == pytest.approx([10.0 + preroll_s, next_begin_s(made[0], 10.0, 30.0) + preroll_s])


def test_another_cast_performs_what_was_not_given_out_yet(studio: ThreadPoolExecutor) -> None:
    first, second = ListeningVoice(), ListeningVoice()
    texts = ("a", "b", "c", "d")
    made = Performances(lambda at: spoken(*texts[at:]), replace(quick_cast(), voice=first), studio)
    assert next(made).utterance.sentence.text == "a"
    made.recast(replace(quick_cast(), voice=second), 5.0)
    assert [one.utterance.sentence.text for one in made] == ["b", "c", "d"]
    assert second.said == ["b", "c", "d"]


def test_the_opening_sentence_may_have_a_cast_of_its_own(studio: ThreadPoolExecutor) -> None:
    slow, usual = ListeningVoice(), ListeningVoice()
    cast = replace(quick_cast(), voice=usual)
    made = Performances(lambda _first: spoken("a", "b"), cast, studio, opening=replace(cast, voice=slow))
    assert len(list(made)) == 2
    assert (slow.said, usual.said) == (["a"], ["b"])
