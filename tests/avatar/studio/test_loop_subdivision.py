"""Loop subdivision smooths, keeps corners, and walks open edges."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.studio.loop_subdivision import boundary_loops, subdivide

OCTAHEDRON = np.array([(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], np.float64)
FACES = np.array(
    [(0, 2, 4), (2, 1, 4), (1, 3, 4), (3, 0, 4), (2, 0, 5), (1, 2, 5), (3, 1, 5), (0, 3, 5)], np.int32
)  # fmt: skip
SQUARE = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], np.float64)
HALVES = np.array([(0, 1, 2), (0, 2, 3)], np.int32)


def test_a_closed_net_becomes_rounder_and_stays_closed() -> None:
    points, faces = subdivide(OCTAHEDRON, FACES, times=3)
    radius = np.linalg.norm(points, axis=1)
    assert len(faces) == 8 * 4**3
    assert radius.std() / radius.mean() < 0.09 < np.linalg.norm(OCTAHEDRON[FACES].mean(axis=1), axis=1).min()
    assert boundary_loops(faces) == []


def test_triangles_keep_their_side() -> None:
    points, faces = subdivide(OCTAHEDRON, FACES, times=2)
    corners = points[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert ((normal * corners.mean(axis=1)).sum(axis=1) > 0).all()


def test_a_named_corner_stays_and_the_others_round_off() -> None:
    points, _ = subdivide(SQUARE, HALVES, corners=(0,), times=2)
    assert points[0] == pytest.approx(SQUARE[0])
    assert np.linalg.norm(points[2] - SQUARE[2]) > 0.1


def test_other_values_at_the_points_become_as_smooth() -> None:
    with_weight = np.hstack([OCTAHEDRON, OCTAHEDRON[:, :1] * 10])
    values, _ = subdivide(with_weight, FACES, times=2)
    assert values[:, 3] == pytest.approx(values[:, 0] * 10)


def test_an_open_edge_is_walked_once_round() -> None:
    assert boundary_loops(HALVES) == [[0, 1, 2, 3]]
