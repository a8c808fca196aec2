"""Tables of guide strands in, the hair's sheets out, mm: two sides from a parting, and the back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.sculpt_body import grid_triangles
from avatar.studio.sculpt_eyes import Mesh

Doubles = npt.NDArray[np.float64]
Guides = tuple[tuple[tuple[float, float, float], ...], ...]

ALONG, ACROSS = 44, 21
BACK_ROWS, BACK_COLUMNS = 10, 9
LINING_SHRINK, LINING_AXIS_Z = 0.05, -90.0
WAVE_MM, WAVE_LENGTH_MM = 3.4, 92.0
WAVE_FROM_MM, WAVE_GROWTH_MM = 90.0, 130.0
LOCKS, RIDGE_MM = 3.5, 1.6
"""Ridges across a sheet, as hair gathers in locks."""
MAP_RIGHT, MAP_LEFT, MAP_BACK = (0.005, 0.395), (0.405, 0.795), (0.805, 0.995)
"""Which part of the texture's width each sheet takes: the first figure is the edge at the face."""


def hair(right: Guides, left: Guides, back: Guides) -> Mesh:
    """Each table: guides from the face backward, points from the parting to the tip."""
    sheets = [
        _sheet(back, MAP_BACK, BACK_COLUMNS, BACK_ROWS, True),  # first: what blends over it must find it drawn
        _sheet(right, MAP_RIGHT, ACROSS, ALONG, False),
        _sheet(left, MAP_LEFT, ACROSS, ALONG, True),
    ]
    sheets[1:1] = [_lining(right, False), _lining(left, True)]
    points, triangles, uv, base = [], [], [], 0
    for sheet in sheets:
        points.append(sheet.points)
        triangles.append(sheet.triangles + base)
        uv.append(sheet.uv)
        base += len(sheet.points)
    return Mesh(np.concatenate(points), np.concatenate(triangles).astype(np.int32), np.concatenate(uv))


def _sheet(guides: Guides, span: tuple[float, float], across: int, along: int, is_left: bool) -> Mesh:
    table = np.array(guides, np.float64)  # (guides, points, 3)
    grid = catmull_rom(catmull_rom(table, across).transpose(1, 0, 2), along)  # (along, across, 3)
    grid = grid + _waves(grid, 0.0 if is_left else 1.9)
    u, v = np.meshgrid(np.linspace(span[0], span[1], across), np.linspace(0.002, 0.998, along))
    triangles = grid_triangles(along, across)
    if not is_left:
        triangles = triangles[:, ::-1]
    return Mesh(grid.reshape(-1, 3), triangles, np.stack([u, v], -1).reshape(-1, 2))


def _lining(guides: Guides, is_left: bool) -> Mesh:
    """The sheet's dark inner side, coarse: seen beside a turned face."""
    table = np.array(guides, np.float64)
    axis = np.array([0.0, 0.0, LINING_AXIS_Z])
    grid = catmull_rom(catmull_rom(table, 7).transpose(1, 0, 2), 14)
    grid[..., 0] += (axis[0] - grid[..., 0]) * LINING_SHRINK
    grid[..., 2] += (axis[2] - grid[..., 2]) * LINING_SHRINK
    u, v = np.meshgrid(np.linspace(*MAP_BACK, 7), np.linspace(0.15, 0.95, 14))
    triangles = grid_triangles(14, 7)
    return Mesh(grid.reshape(-1, 3), triangles[:, ::-1] if is_left else triangles, np.stack([u, v], -1).reshape(-1, 2))


def _waves(grid: Doubles, start: float) -> Doubles:
    """Soft waves that grow towards the tips, each lock a little out of step with the next."""
    down = np.gradient(grid, axis=0)
    across = np.gradient(grid, axis=1)
    normal = np.cross(across, down)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
    length = np.cumsum(np.linalg.norm(np.diff(grid, axis=0, prepend=grid[:1]), axis=2), axis=0)
    grown = np.clip((length - WAVE_FROM_MM) / WAVE_GROWTH_MM, 0, 1) ** 1.5
    lock = np.linspace(0, 1, grid.shape[1])[None]
    phase = start + 2 * np.pi * length / WAVE_LENGTH_MM + 2.2 * lock + 0.9 * np.sin(9 * lock)
    side = across / (np.linalg.norm(across, axis=2, keepdims=True) + 1e-9)
    ridge = np.sin(LOCKS * 2 * np.pi * lock + 0.8 * np.sin(phase))
    out = WAVE_MM * grown * np.sin(phase) + RIDGE_MM * np.clip((length - 30) / 60, 0, 1) * ridge
    bent: Doubles = normal * out[..., None] + side * (0.9 * WAVE_MM * grown * np.cos(phase))[..., None]
    return bent


def catmull_rom(knots: Doubles, count: int) -> Doubles:
    """(n, ...) knots in, (count, ...) points of the smooth curve through them out, evenly spaced in the parameter."""
    n = len(knots)
    first, last = 2 * knots[0] - knots[1], 2 * knots[-1] - knots[-2]
    padded = np.concatenate([first[None], knots, last[None]])
    position = np.linspace(0, n - 1, count)
    i = np.minimum(position.astype(int), n - 2)
    t = (position - i).reshape(-1, *([1] * (knots.ndim - 1)))
    p0, p1, p2, p3 = (padded[i + k] for k in range(4))
    curve: Doubles = 0.5 * (
        2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - 3 * p2 + p3 - p0) * t**3
    )
    return curve
