"""Tables of guide strands in, the hair's sheets out, mm: two sides falling from a parting, and the back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.sculpt_body import grid_triangles
from avatar.studio.sculpt_eyes import Mesh

Doubles = npt.NDArray[np.float64]
Guides = tuple[tuple[tuple[float, float, float], ...], ...]

ALONG, ACROSS = 34, 15
BACK_ROWS, BACK_COLUMNS = 10, 9
MAP_RIGHT, MAP_LEFT, MAP_BACK = (0.005, 0.395), (0.405, 0.795), (0.805, 0.995)
"""Which part of the texture's width each sheet takes: the first figure is the edge at the face."""


def hair(right: Guides, left: Guides, back: Guides) -> Mesh:
    """Each table: guides from the face backward, points from the parting to the tip."""
    sheets = [
        _sheet(right, MAP_RIGHT, ACROSS, ALONG, False),
        _sheet(left, MAP_LEFT, ACROSS, ALONG, True),
        _sheet(back, MAP_BACK, BACK_COLUMNS, BACK_ROWS, True),
    ]
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
    u, v = np.meshgrid(np.linspace(span[0], span[1], across), np.linspace(0.002, 0.998, along))
    triangles = grid_triangles(along, across)
    if not is_left:
        triangles = triangles[:, ::-1]
    return Mesh(grid.reshape(-1, 3), triangles, np.stack([u, v], -1).reshape(-1, 2))


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
