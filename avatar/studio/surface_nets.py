"""A signed distance in, a mesh of the surface where it is zero out (naive surface nets, Gibson 1998)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Field = Callable[[Doubles], Doubles]
"""(N, 3) mm to (N,) mm, negative inside."""

PROJECTIONS = 3
"""How often points are drawn onto the surface along its gradient."""
GRADIENT_STEP_MM = 0.3


def surface(field: Field, low: npt.ArrayLike, high: npt.ArrayLike, step_mm: float) -> tuple[Doubles, Ints]:
    """Points (V, 3) and triangles (T, 3), counter-clockwise from outside, of the surface within the box."""
    axes = [np.arange(a, b + step_mm, step_mm) for a, b in zip(np.asarray(low), np.asarray(high), strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    value = field(grid.reshape(-1, 3)).reshape(grid.shape[:3])
    crossed, points = _cell_points(grid, value)
    number = np.full(crossed.shape, -1, np.int64)
    number[crossed] = np.arange(int(crossed.sum()))
    triangles = np.concatenate([_faces(value < 0, number, axis) for axis in range(3)])
    triangles = triangles[(triangles >= 0).all(axis=1)]
    for _ in range(PROJECTIONS):
        points = points - np.clip(field(points), -step_mm, step_mm)[:, None] * gradient(field, points)
    return points, triangles.astype(np.int32)


def gradient(field: Field, places: Doubles, step_mm: float = GRADIENT_STEP_MM) -> Doubles:
    """(N, 3) unit vectors out of the body."""
    slope = np.empty_like(places)
    for k in range(3):
        step = np.zeros(3)
        step[k] = step_mm
        slope[:, k] = field(places + step) - field(places - step)
    unit: Doubles = slope / (np.linalg.norm(slope, axis=1, keepdims=True) + 1e-12)
    return unit


def _cell_points(grid: Doubles, value: Doubles) -> tuple[npt.NDArray[np.bool_], Doubles]:
    """Which cells the surface crosses, and in each of them the mean of the places where it crosses its edges."""
    shape = np.array(value.shape) - 1
    total, count = np.zeros((*shape, 3)), np.zeros(shape)
    for axis in range(3):
        ahead = [slice(1, None) if k == axis else slice(None) for k in range(3)]
        behind = [slice(None, -1) if k == axis else slice(None) for k in range(3)]
        a, b = value[tuple(behind)], value[tuple(ahead)]
        is_crossed = (a < 0) != (b < 0)
        share = np.where(is_crossed, a / np.where(a == b, 1.0, a - b), 0.0)[..., None]
        place = grid[tuple(behind)] + share * (grid[tuple(ahead)] - grid[tuple(behind)])
        others = [k for k in range(3) if k != axis]
        for first in (0, 1):
            for second in (0, 1):
                cut = [slice(None)] * 3
                for k, shift in zip(others, (first, second), strict=True):
                    cut[k] = slice(shift, shift + shape[k])
                total += np.where(is_crossed[tuple(cut)][..., None], place[tuple(cut)], 0.0)
                count += is_crossed[tuple(cut)]
    crossed = count > 0
    return crossed, total[crossed] / count[crossed][:, None]


def _faces(inside: npt.NDArray[np.bool_], number: npt.NDArray[np.int64], axis: int) -> npt.NDArray[np.int64]:
    """Two triangles round every grid edge along the axis that the surface crosses."""
    u, v = (axis + 1) % 3, (axis + 2) % 3
    inner = [slice(1, -1)] * 3
    inner[axis] = slice(None)
    here = np.moveaxis(inside, (axis, u, v), (0, 1, 2))
    cells = np.moveaxis(number, (axis, u, v), (0, 1, 2))
    leaves = here[:-1, 1:-1, 1:-1] & ~here[1:, 1:-1, 1:-1]
    enters = ~here[:-1, 1:-1, 1:-1] & here[1:, 1:-1, 1:-1]
    corners = (cells[:, :-1, :-1], cells[:, 1:, :-1], cells[:, 1:, 1:], cells[:, :-1, 1:])
    found = []
    for which, order in ((leaves, (0, 1, 2, 3)), (enters, (0, 3, 2, 1))):
        a, b, c, d = (corners[k][which] for k in order)
        found += [np.stack([a, b, c], -1), np.stack([a, c, d], -1)]
    return np.concatenate(found)
