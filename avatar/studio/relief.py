"""A skin's small unevenness as heights in, what it does to the light out: lit and shaded flanks, painted.

Heights are millimetres over the skin's map; the surface's direction is tilted by their slope and the renderer's own
light table is read before and after (Blinn 1978, "Simulation of wrinkled surfaces").
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.render.lighting import LIGHT_TABLE_SIDE, light_table
from avatar.studio.texels import Texels

Floats = npt.NDArray[np.float32]

LEAST, MOST = 0.45, 1.35
"""Limits of the factor: no crease is a hole, no ridge a lamp."""
SEAM_MM = 3.0
"""Neighbouring texels farther apart than this lie on either side of a seam of the map."""


def relief_light(heights: Floats, surface: Texels) -> tuple[Floats, Floats]:
    """(factor (H, W, 3) of the sRGB colour, (H, W) to be added to it, 0..255)."""
    across, down = np.gradient(surface.place, axis=1), np.gradient(surface.place, axis=0)
    slope_x, slope_y = np.gradient(heights, axis=1), np.gradient(heights, axis=0)
    length_x, length_y = (across**2).sum(axis=2), (down**2).sum(axis=2)
    whole = (np.maximum(length_x, length_y) < SEAM_MM**2) & (np.minimum(length_x, length_y) > 1e-4) & surface.covered
    slope_x, slope_y = (
        np.where(whole, slope / np.maximum(length, 1e-4), 0.0)
        for slope, length in ((slope_x, length_x), (slope_y, length_y))
    )
    tilted = surface.normal - slope_x[..., None] * across - slope_y[..., None] * down
    tilted /= np.linalg.norm(tilted, axis=2, keepdims=True) + 1e-9
    plain = surface.normal / (np.linalg.norm(surface.normal, axis=2, keepdims=True) + 1e-9)
    table = light_table("skin")
    before, after = _read(table, plain), _read(table, tilted)
    factor: Floats = np.clip(after[..., :3] / np.maximum(before[..., :3], 0.05), LEAST, MOST).astype(np.float32)
    shine: Floats = ((after[..., 3] - before[..., 3]) / np.maximum(before[..., 1], 0.3)).astype(np.float32)
    return factor, shine


def _read(table: Floats, normal: Floats) -> Floats:
    """The light table between its entries."""
    at = np.clip((normal[..., :2] + 1) / 2 * LIGHT_TABLE_SIDE - 0.5, 0, LIGHT_TABLE_SIDE - 1.001)
    low = at.astype(int)
    f = (at - low).astype(np.float32)
    x, y, fx, fy = low[..., 0], low[..., 1], f[..., :1], f[..., 1:]
    upper = table[y, x] * (1 - fx) + table[y, x + 1] * fx
    lower = table[y + 1, x] * (1 - fx) + table[y + 1, x + 1] * fx
    read: Floats = upper * (1 - fy) + lower * fy
    return read
