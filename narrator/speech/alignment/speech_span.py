"""A recording in, where speech begins and ends and where it pauses out, by energy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrator.speech.alignment.features import HOP_S, RATE_HZ

Floats = npt.NDArray[np.float64]

_WINDOW_S = 0.01
_BELOW_PEAK_DB = 45.0
"""Quieter than this below the loud frames is silence in a clean recording."""
_ABOVE_NOISE_DB = 8.0
_PAUSE_S = 0.15
"""A stop's closure lasts up to 0.1 s, 0.13 s in slow speech; what is longer is a pause."""


def loudness(signal: Floats) -> Floats:
    """(frames,) dB of a signal (n,) at RATE_HZ, frame i centred on i * HOP_S."""
    hop, half = int(HOP_S * RATE_HZ), int(_WINDOW_S * RATE_HZ / 2)
    padded = np.concatenate([[0.0], np.cumsum(np.pad(signal, (half, half + hop)) ** 2)])
    at = np.arange(len(signal) // hop + 1) * hop
    decibels: Floats = 10.0 * np.log10((padded[at + 2 * half] - padded[at]) / (2 * half) + 1.0)
    return decibels


def is_quiet(signal: Floats) -> npt.NDArray[np.bool_]:
    """(frames,) True where a signal (n,) at RATE_HZ is silence or background noise; frames as loudness has them."""
    level = loudness(signal)
    loud, noise = float(np.percentile(level, 95)), float(np.percentile(level, 5))
    threshold = max(loud - _BELOW_PEAK_DB, min(noise + _ABOVE_NOISE_DB, loud - _BELOW_PEAK_DB / 2))
    quiet: npt.NDArray[np.bool_] = level < threshold
    return quiet


def pauses(signal: Floats) -> list[tuple[float, float]]:
    """(start_s, end_s) of every pause; the first may start at 0 and the last end with the sound, however short."""
    quiet = is_quiet(signal)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    end_s = len(signal) / RATE_HZ
    found = []
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        begin, stop = first * HOP_S, min(after * HOP_S, end_s)
        is_outer = first == 0 or after >= len(quiet)
        if is_outer or stop - begin >= _PAUSE_S:
            found.append((begin if first else 0.0, end_s if after >= len(quiet) else stop))
    return found
