"""Surfaces face outward, and skin and lips meet without a crease."""

from __future__ import annotations

import numpy as np

from avatar.render.normals import join_normals, set_normals


def test_normals_point_out_of_counter_clockwise_triangles() -> None:
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
    normals = np.zeros_like(vertices)
    set_normals(vertices, np.array([[0, 1, 2]], np.int32), normals)
    np.testing.assert_allclose(normals, [[0, 0, 1]] * 3, atol=1e-6)


def test_along_the_lips_border_skin_and_lips_face_one_way() -> None:
    ring = np.array([5, 0, 1, 2, 3, 4], np.int32)  # corner, upper, upper, corner, lower, lower
    random = np.random.default_rng(3)
    skin, upper, lower = (random.normal(size=(count, 3)).astype(np.float32) for count in (6, 8, 8))
    join_normals(skin, ring, upper, lower)
    np.testing.assert_array_equal(upper[:4], skin[ring[:4]])
    np.testing.assert_array_equal(lower[:4], skin[ring[[0, 5, 4, 3]]])
    np.testing.assert_allclose(np.linalg.norm(skin, axis=1), 1, atol=1e-6)
