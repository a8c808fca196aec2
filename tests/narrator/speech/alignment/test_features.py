"""Cepstra have one row every 5 ms and tell a hiss from a hum whatever the loudness."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrator.speech.alignment.features import HOP_S, RATE_HZ, cepstra, mel_decibels


def hum_then_hiss() -> npt.NDArray[np.float64]:
    time_s = np.arange(RATE_HZ // 2) / RATE_HZ
    hum = np.sin(2 * np.pi * 200 * time_s) * 5000
    hiss = np.random.default_rng(1).normal(0, 1500, RATE_HZ // 2)
    return np.concatenate([hum, hiss])


def test_there_is_one_row_every_five_milliseconds() -> None:
    assert cepstra(hum_then_hiss()).shape == (round(1.0 / HOP_S) + 1, 26)


def test_loudness_does_not_matter() -> None:
    sound = hum_then_hiss()
    assert np.abs(cepstra(sound) - cepstra(sound * 0.1)).max() < 1e-3


def test_hum_and_hiss_lie_apart() -> None:
    rows = cepstra(hum_then_hiss())
    hum, hiss = rows[20:80], rows[120:180]
    apart = np.linalg.norm(hum.mean(0) - hiss.mean(0))
    assert apart > 3 * np.linalg.norm(hum.std(0))


def test_silence_and_a_single_sample_give_finite_rows() -> None:
    for sound in (np.zeros(RATE_HZ), np.ones(1), np.zeros(0)):
        assert np.isfinite(cepstra(np.asarray(sound, dtype=np.float64))).all()
        assert len(mel_decibels(np.asarray(sound, dtype=np.float64))) == len(sound) // 80 + 1
