"""A jaw drop in millimetres in, the mandible's turn about its hinge out, vertex by vertex."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

SKIN_BAND_MM = (-4.0, 20.0)
"""Below the line from hinge to mouth: where the skin begins to follow the jaw, and where it follows it wholly."""
NECK_BAND_MM = (6.0, 46.0)
"""Below the chin: where the skin begins to stay behind, and where it stays."""
BACK_BAND_MM = (0.30, 0.62)
"""Way from the chin back to the hinge, as a share: the floor of the mouth gives way to the neck."""


def jaw_angle(drop_mm: float, pivot: Doubles, incisor: Doubles) -> float:
    """Radians by which the mandible turns so that its incisors sink by drop_mm; pivot and incisor are (3,) mm."""
    up, forward = float(incisor[1] - pivot[1]), float(incisor[2] - pivot[2])
    radius = math.hypot(up, forward)
    return math.atan2(up, forward) - math.asin(min(max((up - drop_mm) / radius, -1.0), 1.0))


def turn_about_hinge(vertices: Floats, angle: float, pivot: Doubles) -> Floats:
    """The vertices (V, 3) turned downward by angle about the x axis through pivot."""
    y, z = vertices[:, 1] - pivot[1], vertices[:, 2] - pivot[2]
    cosine, sine = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    turned = vertices.copy()
    turned[:, 1] = pivot[1] + y * cosine - z * sine
    turned[:, 2] = pivot[2] + y * sine + z * cosine
    return turned


def jaw_weights(vertices: Floats, pivot: Doubles, chin: Doubles) -> Floats:
    """(V,) 0..1: how far each skin vertex follows the mandible."""
    hinge = np.asarray(pivot[1:], np.float64)
    along = -hinge / np.linalg.norm(hinge)
    below = along[1] * (vertices[:, 1] - hinge[0]) - along[0] * (vertices[:, 2] - hinge[1])
    weight = smooth_step(-below, *SKIN_BAND_MM)
    # The cheek hangs on the skull: it follows less towards the hinge.
    neck = 1 - smooth_step(chin[1] - vertices[:, 1], *NECK_BAND_MM)
    back = (chin[2] - vertices[:, 2]) / max(chin[2] - float(hinge[1]), 1.0)
    under = smooth_step(chin[1] + 12.0 - vertices[:, 1], 0.0, 20.0)
    floor = 1 - under * smooth_step(back, *BACK_BAND_MM)
    weights: Floats = (weight * neck * floor).astype(np.float32)
    return weights


def smooth_step(x: Floats | Doubles, low: float, high: float) -> Doubles:
    """0 below low, 1 above high, smooth between."""
    t = np.clip((np.asarray(x, np.float64) - low) / (high - low), 0, 1)
    step: Doubles = t * t * (3 - 2 * t)
    return step


@njit(cache=True, nogil=True, fastmath=True)
def smooth_between(x: float, low: float, high: float) -> float:
    """The same of one number."""
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    step: float = t * t * (3 - 2 * t)
    return step
