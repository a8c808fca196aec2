"""Speech in, the same speech slower out, at its own pitch, by overlapping pieces (WSOLA)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrator.flow import Samples

_PIECE_S = 0.024
"""Two to four periods of a voice."""
_SEARCH_S = 0.008
"""A little over one period of the lowest voices."""


def stretch(samples: Samples, rate_hz: int, factor: float) -> Samples:
    """round(factor * n) samples; factor 1 to 2. Moments move in proportion, to within the search's 8 ms."""
    length = round(len(samples) * factor)
    half, search = int(_PIECE_S * rate_hz / 2), int(_SEARCH_S * rate_hz)
    if factor == 1.0 or len(samples) < 4 * half:
        return samples if factor == 1.0 else np.zeros(length, np.int16)
    signal = np.pad(samples.astype(np.float64), (half + search, 4 * half + 2 * search))
    fade = 0.5 - 0.5 * np.cos(np.pi * (np.arange(half) + 0.5) / half)
    out = np.zeros(length + 4 * half)
    expected = signal[search : search + half]
    for at in range(0, length + half, half):
        wanted = int(at / factor)
        piece = wanted + _best_offset(signal[wanted : wanted + 2 * search + half], expected)
        out[at : at + half] += signal[piece : piece + half] * fade
        out[at + half : at + 2 * half] += signal[piece + half : piece + 2 * half] * fade[::-1]
        expected = signal[piece + half : piece + 2 * half]
    stretched: Samples = np.clip(np.round(out[half : half + length]), -32768, 32767).astype(np.int16)
    return stretched


def _best_offset(region: npt.NDArray[np.float64], expected: npt.NDArray[np.float64]) -> int:
    """Where in the region the expected continuation is met best; its middle in silence."""
    match = np.correlate(region, expected, "valid")
    energy = np.convolve(region**2, np.ones(len(expected)), "valid")
    middle = len(match) // 2
    if energy.max() < 1.0 or not expected.any():
        return middle
    return int((match / np.sqrt(energy + 1.0)).argmax())
