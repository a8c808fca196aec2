"""Resampling keeps a tone's frequency, level and place in time."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.speech.alignment.resample import resample


@pytest.mark.parametrize("from_hz", [8000, 11025, 22050, 44100, 48000])
def test_a_tone_stays_where_it_was(from_hz: int) -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(from_hz) / from_hz)
    found = resample(tone, from_hz, 16_000)
    expected = np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000)
    assert len(found) == 16_000
    assert np.abs(found - expected)[200:-200].max() < 0.01


def test_what_the_lower_rate_cannot_hold_is_gone() -> None:
    tone = np.sin(2 * np.pi * 12_000 * np.arange(48_000) / 48_000)
    assert np.abs(resample(tone, 48_000, 16_000))[200:-200].max() < 0.01


@pytest.mark.parametrize("length", [0, 1, 2, 7])
def test_very_short_sounds_survive(length: int) -> None:
    assert len(resample(np.ones(length), 22_050, 16_000)) == (max(round(length * 16_000 / 22_050), 1) if length else 0)


def test_the_same_rate_changes_nothing() -> None:
    assert resample(np.array([1, -2, 3], np.int16), 16_000, 16_000).tolist() == [1, -2, 3]
