"""The narration's own time line: zero at the first sample, no gap, the same as in a film."""

from __future__ import annotations

import pytest

from narrator.flow import Delivery, Phone, Word
from narrator.rehearsal import film_frames, rehearse, timed_speech
from tests.narrator.quick_narration import quick_cast, spoken


def test_time_begins_with_the_first_sample() -> None:
    zero_s, performance = next(rehearse(spoken("One."), quick_cast()))
    assert zero_s == pytest.approx(0.0)
    assert performance.start_s == pytest.approx(-Delivery().preroll_s)


def test_phones_cover_the_time_without_a_gap_over_all_sentences() -> None:
    speech = list(timed_speech(rehearse(spoken("One here.", "Two here.", "Three."), quick_cast())))
    phones = [one for one in speech if isinstance(one, Phone)]
    assert phones[0].start_s == pytest.approx(0.0)
    for before, after in zip(phones, phones[1:], strict=False):
        assert after.start_s == pytest.approx(before.end_s, abs=1e-6)
    assert [one.text for one in speech if isinstance(one, Word)] == ["One", "here", "Two", "here", "Three"]


def test_the_pause_after_a_sentence_is_in_the_time_line() -> None:
    first, second = rehearse(spoken("One.", "Two."), quick_cast())
    gap_s = second[0] - first[0] - first[1].utterance.duration_s
    pause_s = first[1].utterance.sentence.pause_s
    assert pause_s - 1e-6 <= gap_s <= pause_s + 1 / 30


def test_frames_are_steady_from_the_first_preroll_to_the_last_pause() -> None:
    times = [time_s for time_s, _, _ in film_frames(rehearse(spoken("One.", "Two.", "Three."), quick_cast()), 30.0)]
    assert times[0] == pytest.approx(-Delivery().preroll_s)
    for before, after in zip(times, times[1:], strict=False):
        assert after - before == pytest.approx(1 / 30, abs=1e-6)


def test_nothing_said_is_nothing_shown() -> None:
    assert list(film_frames(rehearse(spoken(), quick_cast()), 30.0)) == []
