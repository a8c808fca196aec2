"""A performance and its beginning in, the beginning of the next one out: the shared time line."""

from __future__ import annotations

import math

from narrator.stages import Performance

ROUNDING = 1e-4
"""Frames; a moment that is this close after a frame's start counts as on it."""


def yield_s(performance: Performance) -> float:
    """The moment from which the next one's preroll may run: it is taken out of the pause, never out of the sound."""
    return max(performance.utterance.duration_s, performance.end_s + performance.start_s)


def next_begin_s(performance: Performance, begin_s: float, fps: float) -> float:
    """When the next performance begins, on a whole frame."""
    earliest_s = begin_s - performance.start_s + yield_s(performance)
    return math.ceil(earliest_s * fps - ROUNDING) / fps
