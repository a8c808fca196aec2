"""Another rate changes neither the pitch, the length nor the moment of a sound."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.outputs.resampling import resample


@pytest.mark.parametrize(("rate_hz", "target_hz"), [(22_050, 48_000), (48_000, 16_000), (11_127, 22_050)])
def test_a_tone_keeps_length_pitch_and_onset(rate_hz: int, target_hz: int) -> None:
    time_s = np.arange(rate_hz) / rate_hz
    tone = np.where(time_s >= 0.5, 10_000 * np.sin(2 * np.pi * 440 * time_s), 0).astype(np.int16)
    changed = resample(tone, rate_hz, target_hz)
    assert len(changed) == target_hz
    onset_s = np.flatnonzero(np.abs(changed.astype(int)) > 2_000)[0] / target_hz
    assert onset_s == pytest.approx(0.5, abs=0.001)
    spectrum = np.abs(np.fft.rfft(changed.astype(float)))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=2)


def test_the_same_rate_changes_nothing() -> None:
    samples = np.arange(5, dtype=np.int16)
    assert resample(samples, 8000, 8000) is samples


def test_no_sound_stays_no_sound() -> None:
    assert len(resample(np.zeros(0, np.int16), 8000, 16_000)) == 0
