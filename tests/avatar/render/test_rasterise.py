"""Triangles land where they should, the nearest one wins, and blending mixes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.render.rasterise import ATTRIBUTES, FAR, accumulate_normals, draw, normalise, packed

SIDE = 16
Attributes = npt.NDArray[np.float32]


def canvas() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    return np.zeros((SIDE, SIDE, 3), np.uint8), np.full((SIDE, SIDE), FAR), np.zeros((SIDE, SIDE), np.uint8)


def square(depth: float, light: float = 1.0) -> Attributes:
    """A quad over the whole canvas, counter-clockwise as the viewer sees it."""
    corners = np.zeros((4, ATTRIBUTES), np.float32)
    corners[:, :2] = [(0, 0), (0, SIDE), (SIDE, SIDE), (SIDE, 0)]
    corners[:, 2] = depth
    corners[:, 3:5] = 0.5
    corners[:, 5:8] = light
    return corners


QUAD = np.array([[0, 1, 2], [0, 2, 3]], np.int32)


def plain(red: int, alpha: int = 255) -> npt.NDArray[np.uint32]:
    texture = np.zeros((2, 2, 4), np.uint8)
    texture[..., 0], texture[..., 3] = red, alpha
    return packed(texture)


def test_a_quad_covers_every_pixel_without_a_seam() -> None:
    image, depth, owner = canvas()
    draw(image, depth, owner, 7, square(0.0), QUAD, plain(200), False)
    assert (image[..., 0] == 200).all()
    assert (owner == 7).all()


def test_what_faces_away_is_not_drawn() -> None:
    image, depth, owner = canvas()
    draw(image, depth, owner, 7, square(0.0), np.ascontiguousarray(QUAD[:, ::-1]), plain(200), False)
    assert not owner.any()


def test_the_nearer_surface_wins_in_either_order() -> None:
    for first, second in ((1.0, 2.0), (2.0, 1.0)):
        image, depth, owner = canvas()
        draw(image, depth, owner, 1, square(first), QUAD, plain(int(first * 50)), False)
        draw(image, depth, owner, 2, square(second), QUAD, plain(int(second * 50)), False)
        assert (image[..., 0] == 100).all()


def test_half_an_alpha_mixes_half_and_hides_nothing() -> None:
    image, depth, owner = canvas()
    draw(image, depth, owner, 1, square(0.0), QUAD, plain(0), False)
    draw(image, depth, owner, 2, square(1.0), QUAD, plain(200, alpha=127), True)
    assert np.abs(image[..., 0].astype(int) - 100).max() <= 1
    assert (owner == 1).all()


def test_light_beyond_white_stays_white() -> None:
    image, depth, owner = canvas()
    draw(image, depth, owner, 1, square(0.0, light=9.0), QUAD, plain(200), False)
    assert (image[..., 0] == 255).all()


def test_triangles_off_the_picture_touch_nothing() -> None:
    image, depth, owner = canvas()
    away = square(0.0)
    away[:, 0] += 10 * SIDE
    draw(image, depth, owner, 1, away, QUAD, plain(200), False)
    assert not owner.any()


def test_normals_point_out_of_counter_clockwise_triangles() -> None:
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
    normals = np.zeros_like(vertices)
    accumulate_normals(vertices, np.array([[0, 1, 2]], np.int32), normals)
    normalise(normals)
    np.testing.assert_allclose(normals, [[0, 0, 1]] * 3, atol=1e-6)
