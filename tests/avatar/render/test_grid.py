"""Grids are covered by triangles that face the viewer."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.grid import grid_triangles, grid_uv

ROWS, COLUMNS = 3, 4


@pytest.mark.parametrize(("is_flipped", "facing"), [(False, 1.0), (True, -1.0)])
def test_triangles_face_the_viewer_unless_they_are_flipped(is_flipped: bool, facing: float) -> None:
    uv = grid_uv(ROWS, COLUMNS)
    points = np.column_stack([uv[:, 0], -uv[:, 1], np.zeros(len(uv))])
    a, b, c = (points[grid_triangles(ROWS, COLUMNS, is_flipped=is_flipped)[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)[:, 2]
    assert (normals * facing > 0).all()
    assert np.abs(normals).sum() / 2 == pytest.approx(1.0)


def test_numbers_begin_where_they_are_told_to() -> None:
    triangles = grid_triangles(ROWS, COLUMNS, 100)
    assert (triangles.min(), triangles.max()) == (100, 100 + ROWS * COLUMNS - 1)
