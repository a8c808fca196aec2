"""Mouth channels in, the same with the lower lip riding on the jaw out.

The lower lip hangs on the mandible: it can be drawn down before the lower teeth only so far. Without this, a jaw that
rises early for F or SH would bare a block of lower teeth for a frame while the lips are still wide open.
"""

from __future__ import annotations

import numpy as np

from avatar.articulation.target import HEIGHT, JAW, TEETH, Floats
from avatar.motion_frame import OVERBITE_MM

MOST_LOWER_TEETH_MM = 3.8
"""Lower teeth that the widest vowel of a clear speaker shows, and a little more than SH needs (judgement)."""


def riding_on_jaw(values: Floats) -> Floats:
    """(frames, channels) with lip_height_mm held to what upper lip, jaw and MOST_LOWER_TEETH_MM allow."""
    gap = np.maximum(values[:, JAW] - OVERBITE_MM, 0.0)
    most = values[:, TEETH] + gap + MOST_LOWER_TEETH_MM
    held = values.copy()
    held[:, HEIGHT] = np.minimum(values[:, HEIGHT], most)
    return held
