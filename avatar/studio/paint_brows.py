"""A person's brows and the sculpted skin in, single hairs painted onto the skin's map, in place, out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.front_finder import FrontFinder
from avatar.studio.paint_hairs import Strand, hair_mask
from avatar.studio.person import Brows
from avatar.studio.sculpt_hair import catmull_rom

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

BROW_HAIRS = 780
BROW_LENGTH_MM = (3.6, 6.2)
BROW_HAIR_MM = 0.13
BROW_BODY = 0.42
"""Strength of the soft colour under the hairs."""


def paint_brows(canvas: Floats, finder: FrontFinder, brows: Brows) -> None:
    """Both brows, the left a mirror image with hairs of its own."""
    side = len(canvas)
    for sign, seed in ((1.0, 31), (-1.0, 32)):
        rng = np.random.default_rng(seed)
        spine = catmull_rom(np.array(brows.spine), 60)
        width = np.interp(np.linspace(0, len(brows.spine) - 1, 60), np.arange(len(brows.spine)), brows.half_width_mm)
        tangent = np.gradient(spine, axis=0)
        tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
        normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
        normal *= np.sign(normal[:, 1:])
        frame = (spine, tangent, normal, width)
        hairs = [_mirrored(_brow_hair(frame, rng), sign) for _ in range(BROW_HAIRS)]
        mask = hair_mask(side, finder, hairs, BROW_HAIR_MM)
        edge = np.concatenate([spine + normal * width[:, None] * 0.8, (spine - normal * width[:, None] * 0.8)[::-1]])
        body = np.zeros((side, side), np.uint8)
        cv2.fillPoly(body, [np.round(finder.uv(edge * (sign, 1)) * (side - 1)).astype(np.int32)], 255, cv2.LINE_AA)
        soft = cv2.GaussianBlur(body, (0, 0), 1.7 * side / finder.mm_per_map).astype(np.float32) / 255
        nose_end = finder.uv(np.array(brows.spine[:1]) * (sign, 1))[0, 0] * side
        off = np.abs(np.arange(side) - nose_end) * finder.mm_per_map / side
        fade = np.clip(0.22 + off / 12, 0, 1).astype(np.float32)[None]
        covered = 1 - (1 - soft * fade * BROW_BODY) * (1 - mask * np.sqrt(fade) * 0.80)
        canvas += (np.array(brows.colour, np.float32) - canvas) * covered[..., None]


def _mirrored(hair: Strand, sign: float) -> Strand:
    return hair[0] * (sign, 1.0), hair[1]


def _brow_hair(frame: tuple[Doubles, Doubles, Doubles, Doubles], rng: np.random.Generator) -> Strand:
    """One hair: leaning up at the nose's end, along the brow farther out."""
    spine, tangent, normal, width = frame
    k = int(len(spine) * 0.93 * rng.beta(1.15, 1.1))  # fewer at both ends
    across = rng.uniform(-1, 1)
    root = spine[k] + normal[k] * width[k] * across + tangent[k] * rng.normal(0, 0.8)
    along = k / (len(spine) - 1)
    lean = np.interp(along, [0, 0.12, 0.35, 0.7, 1], [82, 62, 36, 14, 6]) * (0.75 - 0.45 * across) + rng.normal(0, 6)
    length = rng.uniform(*BROW_LENGTH_MM) * np.interp(along, [0, 0.3, 0.8, 1], [0.75, 1.0, 0.85, 0.6])
    angle = np.radians(lean * (1 - 0.55 * np.linspace(0, 1, 5)[:, None]))
    direction = tangent[k] * np.cos(angle) + normal[k] * np.sin(angle)
    return root + np.cumsum(direction, axis=0) / 5 * length, float(rng.uniform(0.35, 0.95))
