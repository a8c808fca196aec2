"""Speech in, mel-frequency cepstra and their slopes out, one row every 5 ms."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RATE_HZ = 16_000
HOP_S = 0.005
_HOP = int(HOP_S * RATE_HZ)
_WINDOW = 320
"""20 ms."""
_FFT = 512
_MEL_BANDS = 26
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 7600.0
_CEPSTRA = 13
_PREEMPHASIS = 0.97
_SLOPE_FRAMES = 3
_FLOOR_DB = -60.0
"""Below the loudest band of the utterance; what is quieter is silence, whatever noise it holds."""


def cepstra(signal: Floats) -> Floats:
    """(frames, 26): normalised cepstra and their slopes of 16 kHz speech; frame i is centred on i * HOP_S."""
    bands = mel_decibels(signal)
    coefficients = bands @ _cosines()
    slopes = _slopes(coefficients)
    rows = np.hstack([coefficients, slopes])
    speech = bands.mean(axis=1) > _FLOOR_DB + 10.0  # statistics over speech only, so that pauses do not shift them
    chosen = rows[speech] if speech.sum() >= 10 else rows
    normalised: Floats = (rows - chosen.mean(axis=0)) / (chosen.std(axis=0) + 1e-6)
    return normalised


def mel_decibels(signal: Floats) -> Floats:
    """(frames, 26): energy per mel band, dB below the loudest, floored."""
    emphasised = np.append(signal[:1], signal[1:] - _PREEMPHASIS * signal[:-1])
    padded = np.pad(emphasised, (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][: len(signal) // _HOP + 1]
    power = np.abs(np.fft.rfft(frames * np.hamming(_WINDOW), _FFT)) ** 2
    energy = power @ _mel_filters()
    decibels: Floats = 10.0 * np.log10(energy + 1e-10)
    floored: Floats = np.maximum(decibels - decibels.max(), _FLOOR_DB)
    return floored


def _slopes(rows: Floats) -> Floats:
    reach = np.arange(-_SLOPE_FRAMES, _SLOPE_FRAMES + 1)
    padded = np.pad(rows, ((_SLOPE_FRAMES, _SLOPE_FRAMES), (0, 0)), mode="edge")
    stacked = np.stack([padded[_SLOPE_FRAMES + k : _SLOPE_FRAMES + k + len(rows)] for k in reach])
    slopes: Floats = np.tensordot(reach, stacked, axes=1) / float((reach**2).sum())
    return slopes


@lru_cache(maxsize=1)
def _mel_filters() -> Floats:
    def mel(hz: Floats) -> Floats:
        return np.asarray(2595.0 * np.log10(1.0 + hz / 700.0))

    lowest, highest = mel(np.array([_LOWEST_HZ, _HIGHEST_HZ]))
    edges = np.linspace(float(lowest), float(highest), _MEL_BANDS + 2)
    bins = mel(np.fft.rfftfreq(_FFT, 1 / RATE_HZ))[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    filters: Floats = np.maximum(0.0, np.minimum(rising, falling))
    return filters


@lru_cache(maxsize=1)
def _cosines() -> Floats:
    band = np.arange(_MEL_BANDS)[:, None] + 0.5
    cosines: Floats = np.cos(np.pi / _MEL_BANDS * band * np.arange(_CEPSTRA)) / np.sqrt(_MEL_BANDS / 2)
    return cosines
