"""Phones are found in speech whose truth is known: espeak in another voice, pitch and rate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks import alignment as benchmark
from narrator.flow import Delivery, Phone, Sentence
from narrator.speech.alignment.aligner import WARPING, Aligner, lay_out
from narrator.speech.espeak_voice import EspeakVoice

SENTENCES = 4
"""Enough for a steady median; the benchmark takes all."""
POCKETSPHINX_LIMIT_MS, WARPING_LIMIT_MS = 20.0, 30.0
REAL_SPEECH_LIMIT_MS = 40.0
"""Labels good to 20-30 ms themselves."""


@pytest.fixture(scope="module")
def aligner() -> Iterator[Aligner]:
    made = Aligner()
    yield made
    made.close()


@pytest.fixture(scope="module")
def warper() -> Iterator[Aligner]:
    made = Aligner(WARPING)
    yield made
    made.close()


def test_pocketsphinx_finds_phone_onsets_within_20_ms(aligner: Aligner) -> None:
    row = benchmark.measure_synthetic("en", aligner, SENTENCES).summary()
    assert row["phones"] > 300
    assert row["median_ms"] <= POCKETSPHINX_LIMIT_MS


@pytest.mark.parametrize("language", sorted(benchmark.TEXTS))
def test_warping_finds_phone_onsets_within_30_ms(warper: Aligner, language: str) -> None:
    row = benchmark.measure_synthetic(language, warper, SENTENCES).summary()
    assert row["phones"] > 80
    assert row["median_ms"] <= WARPING_LIMIT_MS


def test_people_s_speech_is_followed(aligner: Aligner, shared_data: object) -> None:
    row = benchmark.measure_recordings("en", aligner).summary()
    assert row["median_ms"] <= REAL_SPEECH_LIMIT_MS


def test_the_recording_is_covered_from_end_to_end_with_its_silences(aligner: Aligner) -> None:
    voice = EspeakVoice("+m3", pitch=40)
    first = voice.speak(Sentence("Move the big blue map.", "en"), Delivery())
    voice.close()
    quiet = np.zeros(first.rate_hz // 2, np.int16)
    sound = np.concatenate([quiet, first.samples, quiet])
    found = aligner.align(Sentence("Move the big blue map.", "en"), sound, first.rate_hz)
    assert found.phones[0].ipa == found.phones[-1].ipa == ""
    assert found.phones[0].duration_s == pytest.approx(0.5, abs=0.05)
    assert found.phones[-1].end_s == pytest.approx(found.duration_s)
    ends = [0.0] + [phone.end_s for phone in found.phones]
    assert [phone.start_s for phone in found.phones] == pytest.approx(ends[:-1])


def test_another_rate_of_sampling_is_no_hindrance(warper: Aligner) -> None:
    voice = EspeakVoice("+f2")
    spoken = voice.speak(Sentence("Guten Morgen, liebe Leute.", "de"), Delivery())
    voice.close()
    halved = spoken.samples[::2]
    found = warper.align(spoken.sentence, halved, spoken.rate_hz // 2)
    errors = benchmark.onset_errors(benchmark.onsets(found.phones), benchmark.onsets(spoken.phones))
    assert np.median(np.abs(errors)) < 0.03


@pytest.mark.parametrize(
    "samples", [np.zeros(22_050, np.int16), np.zeros(10, np.int16), np.full(22_050, 30_000, np.int16)]
)
def test_a_sound_that_is_not_the_text_is_still_covered(
    aligner: Aligner, samples: np.ndarray[tuple[int], np.dtype[np.int16]]
) -> None:
    found = aligner.align(Sentence("Not what is heard.", "en"), samples, 22_050)
    assert found.phones[-1].end_s == pytest.approx(found.duration_s)
    assert all(phone.duration_s > 0 for phone in found.phones)


def test_a_pause_at_the_end_of_a_phone_becomes_silence() -> None:
    phones = [Phone("a", 0, 1), Phone("b", 1, 1)]
    laid = lay_out(phones, np.array([0.0, 1.0]), 0.0, 2.0, 2.0, [(0.6, 1.0)])
    assert [(p.ipa, p.start_s, round(p.end_s, 3)) for p in laid] == [("a", 0.0, 0.6), ("", 0.6, 1.0), ("b", 1.0, 2.0)]


def test_a_breath_after_the_last_sound_does_not_make_it_longer() -> None:
    laid = lay_out([Phone("m", 0, 1)], np.array([0.0]), 0.0, 0.37, 0.40, [(0.1, 0.27), (0.37, 0.40)])
    assert [(p.ipa, round(p.end_s, 3)) for p in laid] == [("m", 0.1), ("", 0.37), ("", 0.4)]


def test_a_pause_inside_the_last_sound_with_more_of_it_to_come_leaves_it_whole() -> None:
    laid = lay_out([Phone("m", 0, 1)], np.array([0.0]), 0.0, 1.0, 1.0, [(0.1, 0.3)])
    assert [(p.ipa, p.end_s) for p in laid] == [("m", 1.0)]


@pytest.mark.parametrize("onsets", [[0.5, 0.5, 0.5, 0.5], [0.0, 3.0, 3.0, 9.0], [-1.0, 0.2, 0.1, 0.0]])
def test_onsets_that_meet_or_cross_still_give_every_phone_its_time(onsets: list[float]) -> None:
    laid = lay_out([Phone("a", 0, 1)] * 4, np.array(onsets), 0.1, 1.0, 1.2, [])
    assert [p.ipa for p in laid] == ["", "a", "a", "a", "a", ""]
    assert all(p.duration_s > 0.009 for p in laid)
    assert laid[-1].end_s == pytest.approx(1.2)
