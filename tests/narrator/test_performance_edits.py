"""A performance can begin at a word, and its picture can be exchanged while it plays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from narrator.captions import with_captions
from narrator.flow import RgbImage, Sentence
from narrator.performance_edits import PartialPerformance, SwitchablePerformance, from_word
from narrator.stages import Performance
from tests.narrator.quick_narration import SMALL, quick_cast


class Moment:
    """A performance whose frame shows its time: the brightness is 100 times the seconds."""

    def __init__(self, performance: Performance) -> None:
        self.utterance = performance.utterance
        self.captions = performance.captions
        self.start_s, self.end_s = performance.start_s, performance.end_s

    def draw(self, time_s: float) -> RgbImage:
        return np.full((2, 2, 3), round(100 * (time_s + 0.12)), np.uint8)


@pytest.fixture
def whole() -> Performance:
    cast = quick_cast()
    utterance = cast.voice.speak(Sentence("one two three four", "en"), cast.delivery)
    return Moment(with_captions(cast.face.perform(utterance, cast.delivery, SMALL, 0.0)))


def test_it_begins_with_the_word_asked_for(whole: Performance) -> None:
    part = from_word(whole, 2)
    assert [word.text for word in part.utterance.words] == ["three", "four"]
    assert part.utterance.words[0].start_s == 0
    assert len(part.utterance.samples) < len(whole.utterance.samples)
    assert part.end_s - part.utterance.duration_s == pytest.approx(whole.end_s - whole.utterance.duration_s, abs=1e-3)


def test_its_pictures_are_those_of_the_same_sounds(whole: Performance) -> None:
    start_s = whole.utterance.words[2].start_s
    assert np.array_equal(from_word(whole, 2).draw(0.25), whole.draw(start_s + 0.25))


def test_phones_still_cover_the_sound_without_a_gap(whole: Performance) -> None:
    part = PartialPerformance(whole, whole.utterance.phones[1].start_s + 0.01)
    phones = part.utterance.phones
    assert phones[0].start_s == 0
    assert all(a.end_s == pytest.approx(b.start_s) for a, b in zip(phones, phones[1:], strict=False))
    assert phones[-1].end_s == pytest.approx(part.utterance.duration_s, abs=1e-3)


def test_captions_still_mark_the_word_being_said(whole: Performance) -> None:
    part = from_word(whole, 2)
    caption = part.captions[0]
    assert caption.start_s == 0
    assert caption.words[caption.word_at(0.01)].text == "three"


def test_the_first_word_is_the_whole_and_one_too_many_is_the_last(whole: Performance) -> None:
    assert from_word(whole, 0) is whole
    assert [word.text for word in from_word(whole, 99).utterance.words] == ["four"]


def test_without_words_it_is_the_whole(whole: Performance) -> None:
    mute = Moment(whole)
    mute.utterance = replace(whole.utterance, words=())
    assert from_word(mute, 3) is mute


def test_the_picture_changes_with_the_next_frame_and_the_sound_stays(whole: Performance) -> None:
    screen = SwitchablePerformance(whole)
    before = screen.draw(0.5)
    screen.switch(from_word(whole, 1))
    assert not np.array_equal(screen.draw(0.5), before)
    assert screen.utterance is whole.utterance
    assert (screen.start_s, screen.end_s) == (whole.start_s, whole.end_s)
