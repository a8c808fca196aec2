"""Single hairs as lines on the face in, a soft mask of them on the skin's map out."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.brushes import smooth, tint
from avatar.studio.front_finder import FrontFinder
from avatar.studio.person import Hair
from avatar.studio.sculpt_hair import catmull_rom

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Strand = tuple[Doubles, float]
"""A line of x and y in mm seen from the front, and how strongly it shows, 0..1."""

SUPERSAMPLING = 4
HAIR_WIDTH_MM = 0.2
HAIRLINE_HAIRS = 900
HAIRLINE_LENGTH_MM = (6.0, 13.0)
SHOWS_EARS = ("cropped",)
"""Styles under which the skin round the ears is bare."""


def paint_hairline(canvas: Floats, finder: FrontFinder, hair: Hair) -> None:
    """Fine hairs growing out of the forehead's edge, up and to the sides."""
    rng = np.random.default_rng(33)
    curve = catmull_rom(np.array(hair.hairline), 200)
    hairs = []
    for _ in range(HAIRLINE_HAIRS):
        root = curve[int(rng.integers(0, 200))] + (0, 1.0 + rng.exponential(2.4) - 1.6)
        away = np.clip((root[0] - hair.parting_x) / 45, -1, 1)
        fall = np.clip((108 - root[1]) / 30, 0, 1)  # at the temples it falls
        angle = np.radians(90 - (75 + 75 * fall) * away + rng.normal(0, 9))
        bend = np.radians(-18 * away) * np.linspace(0, 1, 6)[:, None]
        direction = np.concatenate([np.cos(angle + bend), np.sin(angle + bend)], axis=1)
        line = root + np.cumsum(direction, axis=0) / 6 * rng.uniform(*HAIRLINE_LENGTH_MM)
        hairs.append((line, float(rng.uniform(0.25, 0.8) * (1 - 0.6 * fall))))
    mask = hair_mask(len(canvas), finder, hairs, HAIR_WIDTH_MM * 1.2)
    canvas += (np.array(hair.scalp, np.float32) - canvas) * (mask * 0.85)[..., None]


def paint_scalp(canvas: Floats, place: Floats, hair: Hair) -> None:
    """Scalp in the hair's colour, so that no bald skin shows between strands."""
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    half = np.array(hair.hairline)[len(hair.hairline) // 2 :]
    over = y - np.interp(x, half[:, 0], half[:, 1]).astype(np.float32)
    beside = x - np.interp(y, half[::-1, 1], half[::-1, 0]).astype(np.float32)
    above = (
        np.minimum(smooth(over, 1.0, 9.0) + smooth(beside, 1.5, 6.0) * (1 - smooth(y, 106, 120)), 1)
        * smooth(-z, 4, 9)
        * smooth(y, 52, 92)
    )
    behind = smooth(-z - 62, 0, 16) * smooth(y, 10, 40) * (hair.style not in SHOWS_EARS)
    tint(canvas, np.maximum(above, behind), hair.scalp, 0.94)


def hair_mask(side: int, finder: FrontFinder, hairs: Iterable[Strand], width_mm: float) -> Floats:
    """(side, side) 0..1: thin lines, faint where they leave the skin, drawn enlarged and then reduced."""
    mask = np.zeros((side, side), np.float32)
    thickness = max(int(round(width_mm * side / finder.mm_per_map * SUPERSAMPLING)), 1)
    for line, strength in hairs:
        at = finder.uv(line) * (side - 1)
        low = np.floor(at.min(axis=0)).astype(int) - 2
        high = np.ceil(at.max(axis=0)).astype(int) + 3
        layer = np.zeros(((high[1] - low[1]) * SUPERSAMPLING, (high[0] - low[0]) * SUPERSAMPLING), np.uint8)
        drawn = np.round((at - low + 0.5) * SUPERSAMPLING * 16).astype(np.int32)
        cv2.polylines(layer, [drawn], False, 255, thickness, cv2.LINE_AA, 4)
        small = cv2.resize(layer, (int(high[0] - low[0]), int(high[1] - low[1])), interpolation=cv2.INTER_AREA)
        box = mask[low[1] : high[1], low[0] : high[0]]
        np.maximum(box, small[: box.shape[0], : box.shape[1]].astype(np.float32) / 255 * strength, out=box)
    return mask
