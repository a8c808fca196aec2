"""A performance can begin at a word, and be gone on with in another way while it plays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from narrator.captions import captions, with_captions
from narrator.flow import RgbImage, Sentence, Viewport, Waiting
from narrator.performance_edits import SOUND_FADE_S, LivePerformance, PartialPerformance, common_word, from_word
from narrator.stages import Performance
from tests.narrator.quick_narration import SMALL, quick_cast


class Moment:
    """A performance whose frame shows its time: the brightness is 100 times the seconds."""

    def __init__(self, performance: Performance) -> None:
        self.utterance = performance.utterance
        self.captions = performance.captions
        self.start_s, self.end_s = performance.start_s, performance.end_s

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
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


def brisker(whole: Performance) -> Performance:
    """The same sentence in 0.8 of its time, and louder."""
    said = whole.utterance
    samples = np.full(round(len(said.samples) * 0.8), 3000, np.int16)
    words = tuple(replace(word, start_s=0.8 * word.start_s, duration_s=0.8 * word.duration_s) for word in said.words)
    phones = tuple(replace(one, start_s=0.8 * one.start_s, duration_s=0.8 * one.duration_s) for one in said.phones)
    changed = Moment(whole)
    changed.utterance = replace(said, samples=samples, words=words, phones=phones)
    changed.captions = captions(changed.utterance)
    changed.end_s = changed.utterance.duration_s + said.sentence.pause_s
    return changed


def spliced(whole: Performance, from_s: float = 0.2) -> tuple[LivePerformance, float, float]:
    live, after = LivePerformance(whole), brisker(whole)
    moments = common_word(whole.utterance, after.utterance, from_s)
    assert moments is not None
    live.splice(after, *moments)
    return live, *moments


def test_a_sentence_goes_on_at_the_next_word_in_another_way(whole: Performance) -> None:
    live, at_s, after_at_s = spliced(whole)
    starts = [word.start_s for word in live.utterance.words]
    kept = sum(word.start_s < at_s for word in whole.utterance.words)
    assert 0 < kept < 4
    assert [word.text for word in live.utterance.words] == ["one", "two", "three", "four"]
    assert starts[:kept] == [word.start_s for word in whole.utterance.words[:kept]]
    later = [0.8 * word.start_s + at_s - after_at_s for word in whole.utterance.words[kept:]]
    assert starts[kept:] == pytest.approx(later)
    assert live.end_s == pytest.approx(live.utterance.duration_s + live.utterance.sentence.pause_s, abs=1e-3)


def test_no_sample_jumps_where_one_sound_becomes_another(whole: Performance) -> None:
    live, at_s, _ = spliced(whole)
    end = round(at_s * live.utterance.rate_hz)
    assert np.array_equal(live.utterance.samples[: end - 500], whole.utterance.samples[: end - 500])
    steps = np.abs(np.diff(live.utterance.samples[end - 500 : end + 500].astype(int)))
    assert steps.max() <= 3000 / (SOUND_FADE_S * live.utterance.rate_hz) + 2  # a ramp, never an edge


def test_its_phones_cover_the_sound_without_a_gap(whole: Performance) -> None:
    live, _, _ = spliced(whole)
    phones = live.utterance.phones
    assert phones[0].start_s == 0
    assert all(a.end_s == pytest.approx(b.start_s) for a, b in zip(phones, phones[1:], strict=False))
    assert phones[-1].end_s == pytest.approx(live.utterance.duration_s, abs=1e-3)


def test_its_caption_stays_and_marks_each_word_in_its_time(whole: Performance) -> None:
    live, _, _ = spliced(whole)
    (page,) = live.captions
    assert page.lines == whole.captions[0].lines
    for word in live.utterance.words:
        assert page.words[page.word_at(word.start_s + 0.01)].text == word.text


def test_one_picture_dissolves_into_the_other_without_a_jump(whole: Performance) -> None:
    live, bright = LivePerformance(whole), Moment(whole)
    bright.utterance = whole.utterance
    bright.draw = lambda time_s, viewport=None, waiting=None: np.full((2, 2, 3), 250, np.uint8)  # type: ignore[method-assign]
    live.splice(bright, 0.5, 0.5)
    assert live.utterance is whole.utterance
    levels = [int(live.draw(0.4 + frame / 60)[0, 0, 0]) for frame in range(13)]
    assert levels[0] == whole.draw(0.4)[0, 0, 0]
    assert levels[-1] == 250
    assert max(np.diff(levels)) < 0.35 * (levels[-1] - levels[0])


def test_with_no_word_left_there_is_no_place_to_change(whole: Performance) -> None:
    assert common_word(whole.utterance, brisker(whole).utterance, whole.utterance.duration_s) is None
