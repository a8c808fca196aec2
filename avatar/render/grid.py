"""A number of rows and columns in, the triangles and texture places of a grid of points out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


def grid_triangles(rows: int, columns: int, first: int = 0, *, is_flipped: bool = False) -> Ints:
    """(T, 3), two per cell, over points first .. first + rows * columns - 1, row by row.

    They face a viewer for whom rows run down and columns to the right; flipped, one who sees rows run up.
    """
    index = first + np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1].ravel(), index[:-1, 1:].ravel(), index[1:, :-1].ravel(), index[1:, 1:].ravel()
    triangles = np.vstack([np.stack([a, c, b], 1), np.stack([b, c, d], 1)]).astype(np.int32)
    return triangles[:, ::-1] if is_flipped else triangles


def grid_uv(rows: int, columns: int) -> Floats:
    """(rows * columns, 2): u 0..1 along a row, v 0..1 from the first row to the last."""
    v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    uv: Floats = np.stack([u, v], -1).reshape(-1, 2).astype(np.float32)
    return uv
