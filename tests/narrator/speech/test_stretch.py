"""Slowed speech keeps its pitch and level, and its moments move in proportion."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.speech.stretch import stretch

RATE_HZ = 22_050


@pytest.mark.parametrize("factor", [1.1, 1.2, 1.5, 2.0])
def test_a_tone_keeps_its_pitch_and_level(factor: float) -> None:
    tone = (8000 * np.sin(2 * np.pi * 150 * np.arange(RATE_HZ) / RATE_HZ)).astype(np.int16)
    slow = stretch(tone, RATE_HZ, factor)
    assert len(slow) == round(RATE_HZ * factor)
    spectrum = np.abs(np.fft.rfft(slow[2000:-2000] * np.hanning(len(slow) - 4000)))
    loudest_hz = spectrum.argmax() * RATE_HZ / (len(slow) - 4000)
    assert loudest_hz == pytest.approx(150, abs=3)
    assert np.abs(slow[2000:-2000].astype(int)).max() == pytest.approx(8000, rel=0.1)


def test_a_burst_moves_in_proportion() -> None:
    sound = np.zeros(RATE_HZ, np.int16)
    sound[10_000:11_000] = np.random.default_rng(4).integers(-9000, 9000, 1000)
    slow = stretch(sound, RATE_HZ, 1.2)
    assert np.flatnonzero(np.abs(slow.astype(int)) > 500)[0] == pytest.approx(12_000, abs=0.012 * RATE_HZ)


def test_silence_stays_silence() -> None:
    assert not stretch(np.zeros(RATE_HZ, np.int16), RATE_HZ, 1.3).any()


def test_a_factor_of_one_changes_nothing() -> None:
    sound = np.arange(100, dtype=np.int16)
    assert stretch(sound, RATE_HZ, 1.0) is sound
