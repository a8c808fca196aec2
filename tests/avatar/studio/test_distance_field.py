"""Bones give true distances, melt into each other, and become a closed surface."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.studio.distance_field import bones, smooth_union
from avatar.studio.surface_nets import gradient, surface

BALL = bones([((0, 0, 0), (0, 0, 0), 10.0, 10.0, 1.0)])


def test_a_ball_is_as_far_as_its_surface() -> None:
    places = np.array([(0.0, 0, 0), (10, 0, 0), (0, 25, 0)])
    np.testing.assert_allclose(BALL.distance(places), (-10, 0, 15), atol=1e-6)


def test_where_two_bones_meet_flesh_fills_the_corner() -> None:
    one, other = (np.array([value]) for value in (3.0, 3.0))
    assert smooth_union(one, other, 8.0)[0] == pytest.approx(1.0)
    assert smooth_union(one, np.array([50.0]), 8.0)[0] == pytest.approx(3.0)


def test_the_surface_of_a_ball_is_closed_round_and_looks_outward() -> None:
    points, triangles = surface(BALL.distance, (-14, -14, -14), (14, 14, 14), 3.0)
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 10, atol=0.05)
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    assert set(map(tuple, edges)) == set(map(tuple, edges[:, ::-1]))
    corners = points[triangles]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert ((normal * corners.mean(axis=1)).sum(axis=1) > 0).all()
    np.testing.assert_allclose(gradient(BALL.distance, points), points / 10, atol=0.02)
