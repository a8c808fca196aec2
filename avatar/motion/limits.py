"""Wishes for head and brows in, the same within what people who read lips can follow out: bent, not clipped."""

from __future__ import annotations

import numpy as np

from avatar.motion.timeline import Floats
from avatar.motion_frame import INDEX
from avatar.motion_frame import Floats as Frames

HEAD_LIMITS_DEG = {"head_pitch_deg": 4.0, "head_yaw_deg": 4.0, "head_roll_deg": 3.0}
"""While speaking (lipreading.md 3.5), and while waiting as well."""


def limit_head(values: Frames) -> None:
    """Changes (frames, channels) in place: a sum of large movements bends towards the limit."""
    for channel, limit in HEAD_LIMITS_DEG.items():
        values[:, INDEX[channel]] = limit * np.tanh(values[:, INDEX[channel]] / limit)


def added(there: Floats | Frames, what: Floats | Frames, limit: float) -> Floats:
    """(frames,) what is there and what comes on top, which has the room that is left towards the limit."""
    room = np.maximum(limit - np.sign(what) * there, 1e-6)
    return np.asarray(there + room * np.tanh(what / room), np.float64)
