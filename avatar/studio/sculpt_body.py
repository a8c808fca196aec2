"""The trunk's shape in, a dark V-necked shirt over shoulders and chest out, mm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.torso import half_width, trunk_point

Doubles = npt.NDArray[np.float64]

COLUMNS, ROWS = 57, 28
COLLAR_HALF_WIDTH_MM = 60.0
COLLAR_SIDE_Y, COLLAR_FRONT_Y = -107.0, -166.0
"""Top of the shirt at the neck's side, and the point of its V."""
HEM_Y = -455.0
"""Below the waist: the picture ends above it."""
SIDE_ANGLE_DEG = 108.0
CLOTH_MM = 2.2
COLLAR_ROLL_MM = 1.6


def shirt() -> Mesh:
    """Columns run from the collar outward and down to the hem; u follows the collar, v runs down."""
    t = np.linspace(-1, 1, COLUMNS)
    collar_x = COLLAR_HALF_WIDTH_MM * np.sign(t) * np.abs(t) ** 1.05
    rise = np.sqrt(np.abs(t) ** 2 + 0.006) - np.sqrt(0.006)
    rise /= rise[-1]
    collar_y = COLLAR_FRONT_Y + (COLLAR_SIDE_Y - COLLAR_FRONT_Y) * rise**0.92
    start = np.arcsin(np.clip(collar_x / (half_width(collar_y) + CLOTH_MM), -1, 1))
    end = np.radians(SIDE_ANGLE_DEG) * t
    rows = []
    for share in np.linspace(0, 1, ROWS) ** 1.7:
        spread = np.clip(share / 0.16, 0, 1)
        spread = spread * spread * (3 - 2 * spread)
        rows.append(trunk_point(start + (end - start) * spread, collar_y + (HEM_Y - collar_y) * share, CLOTH_MM))
    turned_in = rows[0] + (0.0, -0.5, -3.0)  # the collar's edge rolls in to the skin, so that it has a thickness
    rows[0] = rows[0] + (0.0, 0.0, COLLAR_ROLL_MM)
    grid = np.array([turned_in, *rows])
    u, v = np.meshgrid((t + 1) / 2, np.concatenate([[0.0], 0.02 + 0.98 * np.linspace(0, 1, ROWS)]))
    return Mesh(grid.reshape(-1, 3), grid_triangles(*grid.shape[:2]), np.stack([u, v], -1).reshape(-1, 2))


def grid_triangles(rows: int, columns: int) -> npt.NDArray[np.int32]:
    """Two triangles a cell; counter-clockwise where rows run down and columns to the right."""
    number = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, :-1], number[1:, 1:]
    quads = [np.stack([a, c, d], -1).reshape(-1, 3), np.stack([a, d, b], -1).reshape(-1, 3)]
    triangles: npt.NDArray[np.int32] = np.concatenate(quads).astype(np.int32)
    return triangles
