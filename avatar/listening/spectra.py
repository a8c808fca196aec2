"""16 kHz samples in, mel bands cleaned of steady noise and their cepstra out, one row every 10 ms.

The filters and cepstra are those that the acoustic model of CMU Sphinx expects (acoustic_model.py). Noise is followed
by asymmetric smoothing and taken off, after Kim and Stern (2012).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

RATE_HZ = 16_000
HOP = 160
"""Samples from row to row: 10 ms."""
LOOKS_HZ = RATE_HZ / HOP
WINDOW = 410
BANDS, CEPSTRA = 25, 13

_FFT = 512
_LOWEST_HZ, _HIGHEST_HZ = 130.0, 6800.0
_PREEMPHASIS = 0.97
_FULL_SCALE = 32768.0
_LEAST_POWER = 1e-4
_LIFTER = 22
_SMOOTH, _RISE, _FALL = 0.7, 0.999, 0.5
"""Shares that the smoothed power, and the noise where power lies above or below it, keep of what they were."""
MOST_TAKEN_OFF = 20.0
"""Power of a band is divided by this at the very most."""
_BANDS_ROUND = 2


class Cleaner:
    """Follows the noise from one stretch to the next."""

    def __init__(self) -> None:
        self._smooth: Doubles | None = None
        self._noise = np.zeros(BANDS)

    def clean(self, power: Doubles) -> tuple[Doubles, Doubles]:
        """(looks, BANDS) power in; power less noise, and the noise, out."""
        noises, smooths = np.empty_like(power), np.empty_like(power)
        smooth, noise = self._smooth, self._noise
        for i, row in enumerate(power):
            if smooth is None:
                smooth, noise = row, row / MOST_TAKEN_OFF
            smooth = _SMOOTH * smooth + (1 - _SMOOTH) * row
            keep = np.where(smooth >= noise, _RISE, _FALL)
            noise = keep * noise + (1 - keep) * smooth
            noises[i], smooths[i] = noise, smooth
        self._smooth, self._noise = smooth, noise
        gain = np.maximum(smooths - noises, smooths / MOST_TAKEN_OFF) / np.maximum(smooths, _LEAST_POWER)
        padded = np.pad(gain, ((0, 0), (_BANDS_ROUND, _BANDS_ROUND)), "edge")
        gain = np.mean([padded[:, k : k + BANDS] for k in range(2 * _BANDS_ROUND + 1)], axis=0)
        return power * gain, noises


def band_power(signal: Floats) -> Doubles:
    """(looks, BANDS) of samples in -1..1; look i covers samples i * HOP to i * HOP + WINDOW."""
    looks = look_count(len(signal))
    if looks == 0:
        return np.zeros((0, BANDS))
    samples = signal.astype(np.float64) * _FULL_SCALE
    emphasised = np.append(samples[:1], samples[1:] - _PREEMPHASIS * samples[:-1])
    pieces = np.lib.stride_tricks.sliding_window_view(emphasised, WINDOW)[::HOP][:looks] * np.hamming(WINDOW)
    return np.asarray(np.maximum(np.abs(np.fft.rfft(pieces, _FFT)) ** 2 @ _filters(), _LEAST_POWER))


def look_count(samples: int) -> int:
    """Rows that so many samples give."""
    return max(0, (samples - WINDOW) // HOP + 1)


def cepstra(log_bands: Doubles) -> Doubles:
    """(looks, CEPSTRA) of natural logarithms of (looks, BANDS)."""
    return np.asarray(log_bands @ _cosines())


@lru_cache(maxsize=1)
def _filters() -> Doubles:
    def mel(hz: float) -> float:
        return float(2595.0 * np.log10(1.0 + hz / 700.0))

    edges = 700.0 * (10 ** (np.linspace(mel(_LOWEST_HZ), mel(_HIGHEST_HZ), BANDS + 2) / 2595.0) - 1.0)
    step = RATE_HZ / _FFT
    edges = np.floor(edges / step + 0.5) * step
    bins = np.arange(_FFT // 2 + 1)[:, None] * step
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)) * 2 / (edges[2:] - edges[:-2]))


@lru_cache(maxsize=1)
def _cosines() -> Doubles:
    order = np.arange(CEPSTRA)
    cosines = np.cos(np.pi / BANDS * np.outer(np.arange(BANDS) + 0.5, order)) * np.sqrt(2 / BANDS)
    cosines[:, 0] *= np.sqrt(0.5)
    return np.asarray(cosines * (1 + _LIFTER / 2 * np.sin(np.pi * order / _LIFTER)))
