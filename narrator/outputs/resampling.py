"""Mono samples at one rate in, the same sound at another rate out."""

from __future__ import annotations

import numpy as np

from narrator.flow import Samples


def resample(samples: Samples, rate_hz: int, target_hz: int) -> Samples:
    """The sound at target_hz, with FFmpeg's windowed sinc; its start stays where it was, its length is rounded."""
    if rate_hz == target_hz or len(samples) == 0:
        return samples
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=target_hz)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples)[None, :], format="s16", layout="mono")
    frame.sample_rate = rate_hz
    pieces = [piece.to_ndarray()[0] for piece in (*resampler.resample(frame), *resampler.resample(None))]
    length = round(len(samples) * target_hz / rate_hz)
    sound = np.zeros(length, np.int16)
    joined = np.concatenate(pieces) if pieces else sound
    sound[: len(joined)] = joined[:length]
    return sound
