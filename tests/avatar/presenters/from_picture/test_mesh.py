"""A net over a person has the lips and eyes as holes, its rings unbroken, and is fine where it moves."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.presenters.from_picture.mesh import Net, delaunay, evenly, net_over

ANGLE = np.linspace(0, 2 * np.pi, 48, endpoint=False)
MOUTH = np.column_stack([24 * np.cos(ANGLE), 9 * np.sin(ANGLE) * np.abs(np.sin(ANGLE)) ** 0.4])
"""An almond, as lips are: its ends are pointed."""


@pytest.fixture(scope="module")
def net() -> Net:
    def outside(plane: np.ndarray) -> np.ndarray:
        return np.asarray(np.hypot(plane[:, 0] / 65, (plane[:, 1] - 40) / 85) * 70 - 70)

    def is_person(plane: np.ndarray) -> np.ndarray:
        return np.asarray(np.abs(plane[:, 0]) < 150)

    return net_over((MOUTH,), ((1.5, 3.3, 5.6),), outside, is_person, (-200.0, 180.0, 200.0, -200.0))


def test_the_hole_is_empty_and_its_edge_whole(net: Net) -> None:
    edges = {frozenset((int(t[i]), int(t[(i + 1) % 3]))) for t in net.triangles for i in range(3)}
    ring = net.rings[0].tolist()
    assert all(frozenset(pair) in edges for pair in zip(ring, ring[1:] + ring[:1], strict=True))
    middles = net.plane[net.triangles].mean(axis=1)
    assert not (np.hypot(middles[:, 0] / 22, middles[:, 1] / 6) < 1).any()


def test_every_triangle_faces_the_viewer(net: Net) -> None:
    a, b, c = (net.plane[net.triangles[:, k]] for k in range(3))
    assert (np.cross(b - a, c - a) > 0).all()


def test_it_is_finer_near_the_mouth_and_light_all_in_all(net: Net) -> None:
    middles, corners = net.plane[net.triangles].mean(axis=1), net.plane[net.triangles]
    size = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])) / 2
    near = np.hypot(middles[:, 0], middles[:, 1]) < 32
    assert np.median(size[near]) < 6 < 60 < np.median(size[middles[:, 1] < -150])
    assert len(net.plane) < 4000


def test_delaunay_leaves_no_point_inside_a_circle() -> None:
    points = np.random.default_rng(2).uniform(0, 50, (60, 2))
    for triangle in delaunay(points):
        a, b, c = points[triangle]
        middle = np.linalg.solve(2 * np.stack([b - a, c - a]), np.array([b @ b - a @ a, c @ c - a @ a]))
        others = np.delete(points, triangle, axis=0)
        assert np.linalg.norm(others - middle, axis=1).min() > np.linalg.norm(a - middle) - 1e-3


def test_points_stand_evenly_along_a_line() -> None:
    line = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 3.0]])
    gaps = np.linalg.norm(np.diff(evenly(line, 9), axis=0), axis=1)
    assert gaps == pytest.approx(0.5)
