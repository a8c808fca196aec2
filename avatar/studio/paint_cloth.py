"""Clothes as sculpted and a colour in, their texture out: soft knitwear with folds, a neck band and shade."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.bake_light import Baked, relight
from avatar.studio.body_shape import CUFF_MM, CUFF_THICK_MM, BodyShape
from avatar.studio.brushes import grain, smooth, stroke
from avatar.studio.sculpt_body import CLOTH_WINDOW, Cut
from avatar.studio.sculpt_hair import catmull_rom

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]

FOLDS = (
    # right side, as seen at the plane of the lips, mm: points along the fold, width, height
    (((-120, -287), (-92, -303), (-60, -305)), 8.0, 2.2),
    (((-124, -269), (-88, -287), (-40, -291), (0, -289)), 9.0, 1.8),
    (((-104, -249), (-70, -271), (-30, -277)), 9.0, 1.3),
    (((-96, -407), (-104, -457), (-100, -527)), 9.0, 2.4),
    (((-60, -411), (-70, -467), (-66, -547)), 10.0, 2.0),
    (((-24, -407), (-30, -467), (-24, -547)), 10.0, 1.8),
    (((-120, -417), (-128, -477), (-126, -567)), 8.0, 1.8),
)
LEFT_CHANGE_MM = 5.0
"""The left side's folds lie as far from being a mirror image of the right's."""
FOLD_RISE = 1.5
WAVES_MM, WAVE_MM = 0.8, 46.0
"""Soft unevenness of the cloth: its height and its width."""
BAND_MM, BAND_HEIGHT_MM = 11.0, 1.4
RIB_MM = 2.6
"""Neck band and cuffs are ribbed this finely."""
SHADE_FLOOR = 0.30
EDGE_TONE, INSIDE_TONE = 1.25, 0.30
"""Light on a cuff's edge, however near the hand, and in the sleeve's opening."""


def paint_cloth(baked: Baked, above_neckline: Cut, shape: BodyShape, colour: Colour, seed: int) -> Pixels:
    """(side, side, 3) sRGB."""
    side = len(baked.place)
    places = baked.place.reshape(-1, 3).astype(np.float64)
    below = -above_neckline(places).reshape(side, side).astype(np.float32)
    before, across = (values.reshape(side, side).astype(np.float32) for values in shape.before_cuff(places))
    height = _fold_heights(side, seed) * smooth(below, 6, 40)
    height += BAND_HEIGHT_MM * (1 - smooth(below, BAND_MM - 2, BAND_MM))
    normal = _raised(baked, height)
    tone = relight(normal, baked.drawn_normal, "cloth")
    tone *= SHADE_FLOOR + (1 - SHADE_FLOOR) * baked.openness**1.2
    for edge, along, width in ((below, baked.place[..., 0], BAND_MM), (before, across, CUFF_MM)):
        band = (edge < width) & (edge > 0)
        ribs = np.sin(2 * np.pi * along / RIB_MM) * smooth(edge, 1.0, 2.5)
        tone *= np.where(band, 1.04 + 0.05 * ribs, 1.0)
        tone *= 1 - 0.35 * np.exp(-0.5 * ((edge - width - 0.6) / 0.8) ** 2)
    tone = _open_sleeves(tone, shape.in_sleeve(places).reshape(side, side).astype(np.float32), before)
    tone *= 1 + 0.022 * grain(side, 2.0, seed + 1)
    return np.clip(np.array(colour, np.float32) * tone[..., None] + 0.5, 0, 255).astype(np.uint8)


def _open_sleeves(tone: Floats, inward: Floats, before: Floats) -> Floats:
    """(side, side): a sleeve's end is its cuff's lit edge round a dark opening; inward as BodyShape.in_sleeve."""
    edge = smooth(inward, -CUFF_THICK_MM - 1.2, -CUFF_THICK_MM) * (before < 2 * CUFF_THICK_MM)
    tone = np.maximum(tone, EDGE_TONE * edge)
    return np.asarray(tone + (INSIDE_TONE - tone) * smooth(inward, -0.5, 0.5), np.float32)


def _fold_heights(side: int, seed: int) -> Floats:
    """(side, side) mm that the cloth stands out, over the window of the texture."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / (side - 1)
    flat = np.stack(
        [CLOTH_WINDOW.left + x * CLOTH_WINDOW.width, CLOTH_WINDOW.top - y * CLOTH_WINDOW.height, 0 * x], axis=-1
    )
    height = np.zeros((side, side), np.float32)
    for points, width, rise in FOLDS:
        for sign in (1.0, -1.0):
            line = np.array(points, np.float64) * (sign, 1.0)
            line += rng.normal(0, LEFT_CHANGE_MM, line.shape) * (sign < 0)
            curve = np.column_stack([catmull_rom(line, 14), np.zeros(14)]).astype(np.float32)
            height += FOLD_RISE * rise * stroke(flat, curve, width * 0.75, is_mirrored=False, taper=0.9)
    waves = grain(side, WAVE_MM * side / CLOTH_WINDOW.width, seed + 3)
    return height + WAVES_MM * waves


def _raised(baked: Baked, height: Floats) -> Floats:
    """The fine form's directions with the cloth's own heights on it."""
    side = len(height)
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3) / 8 * (side - 1) / CLOTH_WINDOW.width
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3) / 8 * (side - 1) / CLOTH_WINDOW.height
    normal = baked.normal.copy()
    normal[..., 0] -= across
    normal[..., 1] += down
    unit: Floats = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    return unit
