"""Single hairs as lines on the face in, a soft mask of them on the skin's map out."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.front_finder import FrontFinder
from avatar.studio.sculpt_hair import catmull_rom

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Colour = tuple[float, float, float]
Hair = tuple[Doubles, float]
"""A line of x and y in mm seen from the front, and how strongly it shows, 0..1."""

SUPERSAMPLING = 4
BROW_SPINE = np.array([(-13.5, 84.6), (-21, 86.3), (-30, 88.4), (-39, 89.8), (-46.8, 88.0), (-53.6, 83.2)])
"""Middle of the right brow from the nose outward, mm."""
BROW_HALF_WIDTH_MM = np.array([2.3, 3.1, 3.0, 2.4, 1.6, 0.5])
BROW_HAIRS = 900
BROW_LENGTH_MM = (3.6, 6.2)
BROW_BODY = 0.68
"""Strength of the soft colour under the hairs."""
HAIR_WIDTH_MM = 0.2
HAIRLINE = np.array(
    [(-58.5, 66), (-57, 80), (-54.5, 92), (-50.5, 103), (-44, 113), (-34, 122), (-20, 129), (0, 131.5)]
    + [(20, 129), (34, 122), (44, 113), (50.5, 103), (54.5, 92), (57, 80), (58.5, 66)]
)
HAIRLINE_HAIRS = 900
HAIRLINE_LENGTH_MM = (6.0, 13.0)
PARTING_X = 15.0
"""Hair sweeps away from here to both sides."""


def paint_brows(canvas: Floats, finder: FrontFinder, colour: Colour) -> None:
    """Both brows, the left a mirror image with hairs of its own."""
    side = len(canvas)
    for sign, seed in ((1.0, 31), (-1.0, 32)):
        rng = np.random.default_rng(seed)
        spine = catmull_rom(BROW_SPINE, 60)
        width = np.interp(np.linspace(0, 5, 60), np.arange(6), BROW_HALF_WIDTH_MM)
        tangent = np.gradient(spine, axis=0)
        tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
        normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
        normal *= np.sign(normal[:, 1:])
        frame = (spine, tangent, normal, width)
        hairs = [_mirrored(_brow_hair(frame, rng), sign) for _ in range(BROW_HAIRS)]
        mask = hair_mask(side, finder, hairs, HAIR_WIDTH_MM)
        edge = np.concatenate([spine + normal * width[:, None] * 0.8, (spine - normal * width[:, None] * 0.8)[::-1]])
        body = np.zeros((side, side), np.uint8)
        cv2.fillPoly(body, [np.round(finder.uv(edge * (sign, 1)) * (side - 1)).astype(np.int32)], 255, cv2.LINE_AA)
        soft = cv2.GaussianBlur(body, (0, 0), 1.3 * side / finder.mm_per_map).astype(np.float32) / 255
        nose_end = finder.uv(BROW_SPINE[:1] * (sign, 1))[0, 0] * side
        off = np.abs(np.arange(side) - nose_end) * finder.mm_per_map / side
        fade = np.clip(0.22 + off / 12, 0, 1).astype(np.float32)[None]
        covered = 1 - (1 - soft * fade * BROW_BODY) * (1 - mask * np.sqrt(fade) * 0.66)
        canvas += (np.array(colour, np.float32) - canvas) * covered[..., None]


def _mirrored(hair: Hair, sign: float) -> Hair:
    return hair[0] * (sign, 1.0), hair[1]


def _brow_hair(frame: tuple[Doubles, Doubles, Doubles, Doubles], rng: np.random.Generator) -> Hair:
    """One hair: leaning up at the nose's end, along the brow farther out."""
    spine, tangent, normal, width = frame
    k = int(rng.integers(0, len(spine) - 4))
    across = rng.uniform(-1, 1)
    root = spine[k] + normal[k] * width[k] * across
    along = k / (len(spine) - 1)
    lean = np.interp(along, [0, 0.12, 0.35, 0.7, 1], [82, 62, 36, 14, 6]) * (0.75 - 0.45 * across) + rng.normal(0, 6)
    length = rng.uniform(*BROW_LENGTH_MM) * np.interp(along, [0, 0.3, 0.8, 1], [0.75, 1.0, 0.85, 0.6])
    angle = np.radians(lean * (1 - 0.55 * np.linspace(0, 1, 5)[:, None]))
    direction = tangent[k] * np.cos(angle) + normal[k] * np.sin(angle)
    return root + np.cumsum(direction, axis=0) / 5 * length, float(rng.uniform(0.55, 1.0))


def paint_hairline(canvas: Floats, finder: FrontFinder, colour: Colour) -> None:
    """Fine hairs growing out of the forehead's edge, up and to the sides."""
    rng = np.random.default_rng(33)
    curve = catmull_rom(HAIRLINE, 200)
    hairs = []
    for _ in range(HAIRLINE_HAIRS):
        root = curve[int(rng.integers(0, 200))] + (0, 1.0 + rng.exponential(2.4) - 1.6)
        away = np.clip((root[0] - PARTING_X) / 45, -1, 1)
        fall = np.clip((108 - root[1]) / 30, 0, 1)  # at the temples it falls
        angle = np.radians(90 - (75 + 75 * fall) * away + rng.normal(0, 9))
        bend = np.radians(-18 * away) * np.linspace(0, 1, 6)[:, None]
        direction = np.concatenate([np.cos(angle + bend), np.sin(angle + bend)], axis=1)
        line = root + np.cumsum(direction, axis=0) / 6 * rng.uniform(*HAIRLINE_LENGTH_MM)
        hairs.append((line, float(rng.uniform(0.25, 0.8) * (1 - 0.6 * fall))))
    mask = hair_mask(len(canvas), finder, hairs, HAIR_WIDTH_MM * 1.2)
    canvas += (np.array(colour, np.float32) - canvas) * (mask * 0.85)[..., None]


def hair_mask(side: int, finder: FrontFinder, hairs: Iterable[Hair], width_mm: float) -> Floats:
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
