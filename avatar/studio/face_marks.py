"""A person in, freckles and flecks painted onto the skin's map, in place, out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.front_finder import FrontFinder
from avatar.studio.person import Person

Floats = npt.NDArray[np.float32]

FRECKLE_MM, SPOT_MM = (0.22, 0.55), (0.35, 0.7)
"""Radii."""
FRECKLE_TONE, SPOT_TONE = (0.93, 0.85, 0.80), (0.74, 0.62, 0.56)
"""Factors of the skin's colour."""
SOFTNESS_MM = 0.28


def paint_marks(canvas: Floats, person: Person, finder: FrontFinder) -> None:
    """Freckles gather over nose and cheekbones; flecks lie anywhere on face and neck."""
    rng = np.random.default_rng(sum(person.name.encode()))
    freckles = rng.normal((0, 46), (24, 9), (person.marks.freckles, 2))
    flecks = rng.uniform((-48, -30), (48, 108), (person.marks.spots, 2))
    _dab(canvas, finder, freckles, rng.uniform(*FRECKLE_MM, len(freckles)), FRECKLE_TONE)
    _dab(canvas, finder, flecks, rng.uniform(*SPOT_MM, len(flecks)), SPOT_TONE)


def _dab(
    canvas: Floats,
    finder: FrontFinder,
    points: npt.NDArray[np.float64],
    radii_mm: npt.NDArray[np.float64],
    tone: tuple[float, float, float],
) -> None:
    if not len(points):
        return
    side = len(canvas)
    px_per_mm = side / finder.mm_per_map
    mask = np.zeros((side, side), np.uint8)
    for (u, v), radius in zip(finder.uv(points).tolist(), radii_mm.tolist(), strict=True):
        centre = (int(u * side * 16), int(v * side * 16))
        cv2.circle(mask, centre, int(radius * px_per_mm * 16), 255, cv2.FILLED, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(mask, (0, 0), SOFTNESS_MM * px_per_mm).astype(np.float32)[..., None] / 255
    canvas *= 1 - soft * (1 - np.array(tone, np.float32))
