"""A skin's canvas in, eyebrows of single hairs painted on it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.front_finder import FrontFinder
from avatar.studio.sculpt_hair import catmull_rom
from avatar.studio.sculpt_skin import Skin

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

SPINE = np.array([(-13.5, 84.6), (-21, 86.2), (-30, 88.2), (-39, 89.6), (-46.8, 87.8), (-53.6, 83.2)])
"""Middle of the right brow from the nose outward, x and y in mm."""
HALF_WIDTH_MM = np.array([2.3, 3.0, 2.8, 2.3, 1.5, 0.5])
HAIRS = 560
HAIR_LENGTH_MM = (3.6, 6.2)
HAIR_WIDTH_MM = 0.2
SUPERSAMPLING = 4
BODY_STRENGTH = 0.60
"""The soft shadow of colour under the hairs."""


def paint_brows(canvas: Floats, skin: Skin, colour: tuple[float, float, float]) -> None:
    """Both brows, the left a mirror image with hairs of its own."""
    finder = FrontFinder(skin)
    for sign, seed in ((1.0, 31), (-1.0, 32)):
        mask = _brow_mask(finder, len(canvas), sign, np.random.default_rng(seed))
        canvas += (np.array(colour, np.float32) - canvas) * mask[..., None]


def _brow_mask(finder: FrontFinder, side: int, sign: float, rng: np.random.Generator) -> Floats:
    spine = catmull_rom(SPINE, 60)
    width = np.interp(np.linspace(0, 5, 60), np.arange(6), HALF_WIDTH_MM)
    tangent = np.gradient(spine, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    normal = np.stack([tangent[:, 1], -tangent[:, 0]], axis=1)
    normal *= np.sign(normal[:, 1:2])
    body_edge = np.concatenate([spine + normal * width[:, None] * 0.8, (spine - normal * width[:, None] * 0.8)[::-1]])
    body_uv = finder.uv(body_edge * (sign, 1)) * (side - 1)
    low = np.floor(body_uv.min(axis=0) - 60).astype(int)
    size = (np.ceil(body_uv.max(axis=0) + 60).astype(int) - low) * SUPERSAMPLING
    body = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillPoly(body, [np.round((body_uv - low) * SUPERSAMPLING).astype(np.int32)], 255, cv2.LINE_AA)
    px_per_mm = side / finder.mm_per_map * SUPERSAMPLING
    soft = cv2.GaussianBlur(body, (0, 0), 1.3 * px_per_mm).astype(np.float32) / 255 * BODY_STRENGTH
    hairs = np.zeros_like(soft)
    for _ in range(HAIRS):
        line, strength = _hair(spine, tangent, normal, width, rng)
        layer_points = (finder.uv(line * (sign, 1)) * (side - 1) - low) * SUPERSAMPLING
        thickness = max(int(round(HAIR_WIDTH_MM * px_per_mm * rng.uniform(0.6, 1.1))), 1)
        layer = np.zeros_like(body)
        cv2.polylines(layer, [np.round(layer_points * 16).astype(np.int32)], False, 255, thickness, cv2.LINE_AA, 4)
        hairs = np.maximum(hairs, layer.astype(np.float32) / 255 * strength)
    along = np.clip(np.abs((np.arange(size[0]) / SUPERSAMPLING + low[0]) - finder.uv(SPINE[:1] * (sign, 1))[0, 0] * side), 0, None)
    fade = np.clip(0.22 + along / (12 * px_per_mm / SUPERSAMPLING), 0, 1).astype(np.float32)
    crop = (1 - (1 - soft * fade) * (1 - hairs * fade**0.5 * 0.62))
    crop = cv2.resize(crop, (size[0] // SUPERSAMPLING, size[1] // SUPERSAMPLING), interpolation=cv2.INTER_AREA)
    mask = np.zeros((side, side), np.float32)
    mask[low[1] : low[1] + crop.shape[0], low[0] : low[0] + crop.shape[1]] = crop
    return mask


def _hair(
    spine: Doubles, tangent: Doubles, normal: Doubles, width: Doubles, rng: np.random.Generator
) -> tuple[Doubles, float]:
    """One hair: rooted in the brow, leaning up at the nose's end, along the brow farther out."""
    k = int(rng.integers(0, len(spine) - 4))
    across = rng.uniform(-1, 1)
    root = spine[k] + normal[k] * width[k] * across
    along = k / (len(spine) - 1)
    lean = np.interp(along, [0, 0.12, 0.35, 0.7, 1], [82, 62, 36, 14, 6]) * (0.75 - 0.45 * across) + rng.normal(0, 6)
    length = rng.uniform(*HAIR_LENGTH_MM) * np.interp(along, [0, 0.3, 0.8, 1], [0.75, 1.0, 0.85, 0.6])
    steps = np.linspace(0, 1, 5)[:, None]
    angle = np.radians(lean * (1 - 0.55 * steps))
    direction = tangent[k] * np.cos(angle) + normal[k] * np.sin(angle)
    line = root + np.cumsum(direction, axis=0) / 5 * length
    return line, float(rng.uniform(0.55, 1.0))

