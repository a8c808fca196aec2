"""PCM at one rate in, PCM at another out: windowed-sinc interpolation, numpy only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_HALF_WIDTH = 16
"""Zero crossings of the sinc on each side; alias and image below -60 dB with a Hann window."""
_CUTOFF = 0.95
"""Of the lower Nyquist frequency: room for the filter's slope."""


def resample(samples: npt.NDArray[np.generic], from_hz: int, to_hz: int) -> Floats:
    """Samples (n,) at from_hz as (n * to_hz / from_hz,) at to_hz; sample 0 stays at time 0."""
    signal = np.asarray(samples, dtype=np.float64)
    if from_hz == to_hz or len(signal) == 0:
        return signal
    length = max(round(len(signal) * to_hz / from_hz), 1)
    scale = min(1.0, to_hz / from_hz) * _CUTOFF
    half = int(np.ceil(_HALF_WIDTH / scale))
    padded = np.pad(signal, (half, half + 1))
    divisor = int(np.gcd(from_hz, to_hz))
    phases, step = to_hz // divisor, from_hz // divisor
    out = np.empty(length)
    offsets = np.arange(-half + 1, half + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half)
    for phase in range(min(phases, length)):
        index = np.arange(phase, length, phases)
        position = index * step / phases
        whole = np.floor(position).astype(np.int64)
        distance = (position[0] - whole[0]) - offsets
        kernel = scale * np.sinc(scale * distance) * np.cos(np.pi * distance / (2 * half)) ** 2
        out[index] = windows[np.minimum(whole + 1, len(windows) - 1)] @ kernel
    return out
