"""A performance and its beginning in, the beginning of the next one out: the shared time line."""

from __future__ import annotations

import math

from narrator.stages import Performance

ROUNDING = 1e-4
"""Frames; a moment that is this close after a frame's start counts as on it."""


def next_begin_s(performance: Performance, begin_s: float, fps: float) -> float:
    """When the next performance begins, on a whole frame: its preroll is taken out of the pause before it."""
    sound_s = begin_s - performance.start_s
    earliest_s = sound_s + max(performance.utterance.duration_s, performance.end_s + performance.start_s)
    return math.ceil(earliest_s * fps - ROUNDING) / fps
