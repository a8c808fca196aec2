"""Triangles land where they should, the nearest one wins, and blending mixes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from avatar.render.drawing_memory import FAR, KEPT, WHOLE, Bands, Meshes, Target, View, packed, window
from avatar.render.edges import SPILT_BYTES
from avatar.render.rasterise import ATTRIBUTES, draw
from avatar.render.strips import in_strips

SIDE = 16
Attributes = npt.NDArray[np.float32]
Surface = tuple[int, Attributes, npt.NDArray[np.int32], npt.NDArray[np.uint32]]


def drawn(*surfaces: Surface, blended: int = 0, bands: int = 1, view: View = WHOLE) -> Target:
    """The surfaces (owner, corners, triangles, texture), the last few of them blended, on black."""
    canvas, depth = window(-(-SIDE // bands), SIDE)
    owner = np.empty((SIDE, SIDE), np.uint8)
    image = np.full(SIDE * SIDE * 3 + SPILT_BYTES, 99, np.uint8)
    backdrop, background = np.zeros(SIDE * SIDE * 3, np.uint8), np.zeros((SIDE, SIDE), np.uint32)
    depth.fill(FAR)
    owner.fill(0)
    target = Target(image, canvas, depth, owner, background, backdrop)
    rows, corner, triangle, texel = [], 0, 0, 0
    for number, (name, corners, triangles, texture) in enumerate(surfaces):
        is_blended = number >= len(surfaces) - blended
        rows.append((triangle, triangle + len(triangles), name, texel, texture.size, texture[0].size, is_blended))
        corner, triangle, texel = corner + len(corners), triangle + len(triangles), texel + texture.size
    firsts = np.cumsum([0, *(len(corners) for _, corners, _, _ in surfaces)])
    meshes = Meshes(
        np.concatenate([corners for _, corners, _, _ in surfaces]),
        np.concatenate([own + np.int32(first) for first, (_, _, own, _) in zip(firsts, surfaces, strict=False)]),
        np.repeat(np.arange(len(rows)), [len(own) for _, _, own, _ in surfaces]).astype(np.uint8),
        np.array(rows, np.int64),
        np.concatenate([texture.reshape(-1) for _, _, _, texture in surfaces]),
    )
    lists = [np.empty((bands, triangle), np.int32) for _ in range(2)]
    memory = Bands(np.empty((triangle, 4), np.int32), lists[0], lists[1], np.zeros((2, bands), np.int64))
    windows = np.tile(np.array([0, SIDE, 0, SIDE], np.int32), (len(rows), 1))
    draw(target, meshes, view, np.ones(len(rows), np.bool_), windows, memory)
    return target._replace(canvas=canvas[KEPT:], depth=depth[KEPT:])  # the whole picture, where it is one band


def square(depth: float, light: float = 1.0) -> Attributes:
    """A quad over the whole canvas, counter-clockwise as the viewer sees it."""
    corners = np.zeros((4, ATTRIBUTES), np.float32)
    corners[:, :2] = [(0, 0), (0, SIDE), (SIDE, SIDE), (SIDE, 0)]
    corners[:, 2] = depth
    corners[:, 3:5] = 0.5
    corners[:, 6:9] = light
    return corners


QUAD = np.array([[0, 1, 2], [0, 2, 3]], np.int32)


def plain(red: int, alpha: int = 255) -> npt.NDArray[np.uint32]:
    texture = np.zeros((2, 2, 4), np.uint8)
    texture[..., 0], texture[..., 3] = red, alpha
    return in_strips(packed(texture))


def red_of(image: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    return image & 255


@pytest.mark.parametrize("bands", [1, 3, 16])
def test_a_quad_covers_every_pixel_without_a_seam(bands: int) -> None:
    target = drawn((7, square(0.0), QUAD, plain(200)), bands=bands)
    assert (target.owner == 7).all()
    assert (target.image[: SIDE * SIDE * 3].reshape(-1, 3) == (200, 0, 0)).all()


def test_a_part_is_drawn_with_more_rows_than_the_picture_has() -> None:
    low = square(0.0)
    low[:, 1] = [10, 12, 12, 10]  # rows 10 and 11 of the picture
    target = drawn((7, low, QUAD, plain(200)), view=View(np.float32(3), np.float32(8), np.float32(2)))
    rows, columns = np.nonzero(target.owner)
    assert (rows.min(), rows.max(), columns.max()) == (4, 7, SIDE - 4)


@pytest.mark.parametrize("bands", [2, 3, 5, 16])
def test_a_picture_drawn_band_by_band_is_the_one_drawn_whole(bands: int) -> None:
    slanting = square(9.0)
    slanting[:, 0] = (3.3, 9.1, 13.2, 6.4)
    surfaces = ((1, square(-9.0), QUAD, plain(90)), (2, slanting, QUAD, plain(230)), (3, slanting, QUAD, plain(9, 60)))
    whole, banded = drawn(*surfaces, blended=1), drawn(*surfaces, blended=1, bands=bands)
    np.testing.assert_array_equal(banded.image, whole.image)
    np.testing.assert_array_equal(banded.owner, whole.owner)


def test_what_faces_away_is_not_drawn() -> None:
    target = drawn((7, square(0.0), np.ascontiguousarray(QUAD[:, ::-1]), plain(200)))
    assert not target.owner.any()
    assert not target.image[: SIDE * SIDE * 3].any()


def test_the_nearer_surface_wins_in_either_order() -> None:
    for first, second in ((1, 2), (2, 1)):
        quads = [(name, square(float(name)), QUAD, plain(name * 50)) for name in (first, second)]
        assert (red_of(drawn(*quads).canvas) == 100).all()


def test_half_an_alpha_mixes_half_and_hides_nothing() -> None:
    half = (2, square(1.0), QUAD, plain(200, alpha=127))
    target = drawn((1, square(0.0), QUAD, plain(0)), half, blended=1)
    assert np.abs(red_of(target.canvas).astype(int) - 100).max() <= 1
    assert (target.owner == 1).all()


def test_light_beyond_white_stays_white() -> None:
    assert (red_of(drawn((1, square(0.0, light=9.0), QUAD, plain(200))).canvas) == 255).all()


def test_triangles_off_the_picture_touch_nothing() -> None:
    away = square(0.0)
    away[:, 0] += 10 * SIDE
    assert not drawn((1, away, QUAD, plain(200))).owner.any()


def test_beside_what_is_drawn_the_background_stays() -> None:
    narrow = square(0.0)
    narrow[:, 0] = narrow[:, 0] / 4 + 6
    image = drawn((1, narrow, QUAD, plain(200))).image[: SIDE * SIDE * 3].reshape(SIDE, SIDE, 3)
    assert (image[:, 7:9, 0] == 200).all()
    assert not image[:, :5].any()
    assert not image[:, 11:].any()
