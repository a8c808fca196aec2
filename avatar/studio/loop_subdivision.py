"""A triangle net with values at its points in, the same four times finer and smooth (Loop 1987) out.

Edges of holes follow a cubic B-spline of their own; corner points stay where they are. Old points keep their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


def subdivide(values: Doubles, triangles: Ints, corners: Iterable[int] = (), times: int = 1) -> tuple[Doubles, Ints]:
    """values (V, k): positions and anything else that should become as smooth; triangles (T, 3)."""
    fixed = np.array(sorted(corners), np.int64)
    for _ in range(times):
        values, triangles = _once(values, triangles, fixed)
    return values, triangles


def _once(values: Doubles, triangles: Ints, fixed: npt.NDArray[np.int64]) -> tuple[Doubles, Ints]:
    count = len(values)
    directed = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]).astype(np.int64)
    opposite = np.concatenate([triangles[:, 2], triangles[:, 0], triangles[:, 1]])
    keys = directed.min(axis=1) * count + directed.max(axis=1)
    unique, edge_of, uses = np.unique(keys, return_inverse=True, return_counts=True)
    a, b = unique // count, unique % count
    is_open = uses == 1
    across = np.zeros((len(unique), values.shape[1]))
    np.add.at(across, edge_of, values[opposite])
    middle = (values[a] + values[b]) / 2
    new = np.where(is_open[:, None], middle, 0.75 * middle + 0.125 * across)
    moved = _moved(values, a, b, is_open)
    moved[fixed] = values[fixed]
    e = (edge_of + count).reshape(3, -1)
    t = triangles
    finer = np.concatenate(
        [
            np.stack([t[:, 0], e[0], e[2]], axis=1),
            np.stack([t[:, 1], e[1], e[0]], axis=1),
            np.stack([t[:, 2], e[2], e[1]], axis=1),
            np.stack([e[0], e[1], e[2]], axis=1),
        ]
    )
    return np.concatenate([moved, new]), finer.astype(np.int32)


def _moved(
    values: Doubles, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64], is_open: npt.NDArray[np.bool_]
) -> Doubles:
    """Old points at their new places: inside by Loop's weights (Warren's form), on an open edge by the B-spline's."""
    count = len(values)
    total, degree = np.zeros_like(values), np.zeros(count)
    rim, on_rim = np.zeros_like(values), np.zeros(count)
    for i, k in ((a, b), (b, a)):
        np.add.at(total, i, values[k])
        np.add.at(degree, i, 1)
        np.add.at(rim, i[is_open], values[k[is_open]])
        np.add.at(on_rim, i[is_open], 1)
    beta = np.where(degree > 3, 3 / (8 * np.maximum(degree, 1)), 3 / 16)[:, None]
    inside = values * (1 - degree[:, None] * beta) + total * beta
    edge = 0.75 * values + 0.125 * rim
    return np.where(on_rim[:, None] == 2, edge, np.where(on_rim[:, None] == 0, inside, values))


def boundary_loops(triangles: Ints) -> list[list[int]]:
    """Every open edge walked round once, in the direction of the triangles along it."""
    directed = {(int(t[i]), int(t[(i + 1) % 3])) for t in triangles for i in range(3)}
    following = {a: b for a, b in directed if (b, a) not in directed}
    loops: list[list[int]] = []
    while following:
        start = min(following)
        loop = [start]
        step = following.pop(start)
        while step != start:
            loop.append(step)
            step = following.pop(step)
        loops.append(loop)
    return loops
