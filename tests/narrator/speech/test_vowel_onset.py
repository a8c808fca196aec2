"""After a nasal the vowel begins where the sound opens, not where espeak marks it."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.speech.espeak_process import EspeakProcess
from narrator.speech.espeak_timing import place_phones
from narrator.speech.vowel_onset import vowel_onset

RATE_HZ = 22_050


def hum_then_open(release: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    time_s = np.arange(RATE_HZ // 2) / RATE_HZ
    hum = 3000 * np.sin(2 * np.pi * 150 * time_s)
    opened = hum + 3000 * np.sin(2 * np.pi * 1200 * time_s) + 2000 * np.sin(2 * np.pi * 2500 * time_s)
    return np.where(np.arange(len(hum)) < release, hum, opened).astype(np.int16)


@pytest.mark.parametrize("release_s", [0.08, 0.12, 0.17])
def test_the_release_is_found_to_ten_milliseconds(release_s: float) -> None:
    found = vowel_onset(hum_then_open(int(release_s * RATE_HZ)), RATE_HZ, 0, int(0.2 * RATE_HZ), RATE_HZ // 2)
    assert found / RATE_HZ == pytest.approx(release_s, abs=0.01)


def test_without_a_change_espeak_s_mark_stays() -> None:
    mark = int(0.2 * RATE_HZ)
    assert vowel_onset(hum_then_open(RATE_HZ), RATE_HZ, 0, mark, RATE_HZ // 2) == pytest.approx(mark, abs=0.2 * RATE_HZ)


def test_a_very_short_consonant_is_left_alone() -> None:
    assert vowel_onset(hum_then_open(100), RATE_HZ, 0, 800, RATE_HZ // 2) == 800


def test_after_each_m_of_real_speech_the_sound_opens_at_the_vowel() -> None:
    process = EspeakProcess()
    raw = process.speak("My mother may mow a meadow.", "gmw/en-US", 108)
    process.close()
    samples = np.frombuffer(raw.pcm, np.int16).astype(float)
    phones = [item.phone for item in place_phones(raw, samples.astype(np.int16))]
    pairs = [(a, b) for a, b in zip(phones, phones[1:], strict=False) if a.ipa == "m" and b.ipa]
    assert len(pairs) >= 4
    for nasal, vowel in pairs:
        at, reach = int(vowel.start_s * raw.rate_hz), int(0.03 * raw.rate_hz)
        high = np.abs(np.diff(samples))  # a nasal's murmur has little above 500 Hz
        assert high[at : at + reach].mean() > 1.5 * high[at - reach : at - reach // 4].mean(), vowel
        assert nasal.duration_s > 0.025
