"""Colours in, textures of hair (strands along the flow, thinning at edges and tips) out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.brushes import smooth
from avatar.studio.sculpt_hair import MAP_BACK, MAP_LEFT, MAP_RIGHT

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]

HAIR_SIZE = (1024, 2048)
"""Height runs from parting to tips, width across the strands."""


def paint_hair(dark: Colour, light: Colour, seed: int) -> Pixels:
    """(H, W, 4) sRGB and alpha."""
    height, width = HAIR_SIZE
    strands = _strands(height, width, seed)
    v = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    u = np.linspace(0, 1, width, dtype=np.float32)[None]
    locks = _along(height, width, 70, 90, seed + 5)
    bands = ((0.24, 0.055, 0.60), (0.62, 0.09, 0.34), (0.86, 0.06, 0.22))
    shine = sum(weight * np.exp(-0.5 * ((v + 0.03 * locks - at) / spread) ** 2) for at, spread, weight in bands)
    tone = 0.34 + 0.12 * strands + 0.12 * locks + shine * (0.75 + 0.25 * strands) + 0.08 * v
    is_back = smooth(u, MAP_BACK[0] - 0.004, MAP_BACK[0])
    tone = np.clip(tone * (1 - 0.45 * is_back) - 0.16 * is_back, 0, 1.25)[..., None]
    canvas = np.array(dark, np.float32) * (1 - tone) + np.array(light, np.float32) * tone
    parting = 1 - 0.45 * (1 - smooth(v, 0.0, 0.05))
    canvas *= parting[..., None]
    alpha = _alpha(height, width, strands, seed)
    return np.dstack([np.clip(canvas, 0, 255), alpha * 255 + 0.5]).astype(np.uint8)


def _along(height: int, width: int, across_px: float, wander_px: float, seed: int) -> Floats:
    """Noise that is constant along strands, which wander a little to the sides."""
    rng = np.random.default_rng(seed)
    line = cv2.GaussianBlur(rng.standard_normal((1, width)).astype(np.float32), (0, 0), max(across_px / 2.5, 0.3))
    line = (line - line.mean()) / line.std()
    sway = cv2.resize(rng.standard_normal((6, 24)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    x = np.arange(width, dtype=np.float32)[None] + sway * wander_px * 0.12
    y = np.zeros((height, width), np.float32)
    woven: Floats = cv2.remap(line, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return woven


def _strands(height: int, width: int, seed: int) -> Floats:
    total = np.zeros((height, width), np.float32)
    for k, (across, weight) in enumerate(((3.0, 0.40), (7.0, 0.6), (18.0, 0.7))):
        layer = _along(height, width, across, 90, seed + k)
        fade = cv2.resize(
            np.random.default_rng(seed + 50 + k).uniform(0.3, 1.0, (14, width // 12)).astype(np.float32),
            (width, height),
        )
        total += weight * layer * fade
    strands: Floats = np.clip(total / 1.1, -2.2, 2.2)
    return strands


def _alpha(height: int, width: int, strands: Floats, seed: int) -> Floats:
    v = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    u = np.linspace(0, 1, width, dtype=np.float32)[None]
    ragged = 0.5 + 0.5 * np.clip(_along(height, width, 5, 60, seed + 9), -1.6, 1.6) / 1.6
    tips = 1 - smooth(v - (1.0 - 0.06 * (1 - ragged) - 0.012), -0.03, 0.0)
    alpha = tips * np.ones_like(u)
    for low, high in (MAP_RIGHT, MAP_LEFT):
        share = (u - low) / (high - low)
        inside = (share > -0.02) & (share < 1.02)
        edge = smooth(share - 0.06 * ragged, 0.0, 0.05)
        alpha = np.where(inside, alpha * np.where(share < 0.5, edge, 1.0), alpha)
    covered: Floats = np.clip(alpha, 0, 1).astype(np.float32)
    return covered
