"""One pixel lies between four texels, takes the light of its place, and mixes by alpha."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from numba import njit

from avatar.render.drawing_memory import packed
from avatar.render.shading import CORNER, DOWN, RIGHT, SMOOTH, draw_blended_row, draw_opaque_row, set_slopes
from avatar.render.strips import PITCH, in_strips

Packed = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

DARK, LIGHT, LEFT_RED = (10, 20, 30, 255), (110, 120, 130, 255), (210, 20, 30, 255)


BEHIND, HERE = np.float32(0.0), np.float32(1.0)
"""Depths in mm: of what the picture shows already, and of what is drawn."""


@njit  # type: ignore[untyped-decorator]
def row_of(texels: Packed, slopes: Floats, count: int, is_blended: bool) -> tuple[Packed, Floats, Pixels]:
    """A row of mid-grey pixels drawn over with a texture of three rows: canvas, depth and owner."""
    canvas, depth, owner = np.full(count, 0xFF808080, np.uint32), np.full(count, BEHIND), np.zeros(count, np.uint8)
    none, own, strip = np.float32(0.0), np.uint8(7), np.uint64(3 * PITCH)
    if is_blended:
        draw_blended_row(canvas, depth, owner, own, 0, 0, count, slopes, none, none, texels, strip)
    else:
        draw_opaque_row(canvas, depth, owner, own, 0, 0, count, slopes, none, none, texels, strip)
    return canvas, depth, owner


@njit  # type: ignore[untyped-decorator]
def slopes_of(corners: Floats) -> Floats:
    """All slopes of a right-angled triangle with sides of ten pixels."""
    slopes = np.zeros(3 * SMOOTH, np.float32)
    tenth, none = np.float32(0.1), np.float32(0.0)
    set_slopes(slopes, corners, 0, SMOOTH, 2 * SMOOTH, (none, tenth, none), (none, none, tenth))
    return slopes


def shaded(texels: Packed, column: float, row: float, slopes: Floats, step: int, is_blended: bool) -> int:
    """The pixel that lies step pixels along a row that shows one place of the texture."""
    slopes[[CORNER, CORNER + 1, CORNER + 2]] = HERE, column, row
    return int(row_of(texels, slopes, step + 1, is_blended)[0][step])


def texture(*colours: tuple[int, int, int, int]) -> Packed:
    """Three rows of three texels."""
    return in_strips(packed(np.array(colours, np.uint8).reshape(3, 3, 4))).reshape(-1)


def lit(factor: float = 1.0, highlight: float = 0.0, highlight_per_pixel: float = 0.0) -> Floats:
    slopes = np.zeros(3 * SMOOTH, np.float32)
    slopes[CORNER + 4 : CORNER + 7] = factor
    slopes[CORNER + 3], slopes[RIGHT + 3] = highlight, highlight_per_pixel
    return slopes


def colour_of(pixel: int) -> list[int]:
    return [pixel >> shift & 255 for shift in (0, 8, 16)]


def test_a_pixel_between_texels_shows_their_mean() -> None:
    texels = texture(DARK, LIGHT, LIGHT, DARK, LIGHT, LIGHT, DARK, LIGHT, LIGHT)
    assert colour_of(shaded(texels, 0.5, 0.0, lit(), 0, False)) == [60, 70, 80]
    assert colour_of(shaded(texels, 0.25, 0.5, lit(), 0, False)) == [35, 45, 55]


def test_rows_are_mixed_as_well_as_columns() -> None:
    texels = texture(DARK, DARK, DARK, LEFT_RED, DARK, DARK, DARK, DARK, DARK)
    assert colour_of(shaded(texels, 0.0, 0.5, lit(), 0, False)) == [110, 20, 30]
    assert colour_of(shaded(texels, 0.5, 0.5, lit(), 0, False)) == [60, 20, 30]


def test_light_multiplies_and_the_highlight_is_added_along_the_row() -> None:
    texels = texture(*[LIGHT] * 9)
    assert colour_of(shaded(texels, 0.0, 0.0, lit(factor=0.5, highlight=7.0), 0, False)) == [62, 67, 72]
    assert colour_of(shaded(texels, 0.0, 0.0, lit(highlight_per_pixel=2.0), 10, False)) == [130, 140, 150]
    assert colour_of(shaded(texels, 0.0, 0.0, lit(factor=9.0), 0, False)) == [255, 255, 255]


def test_a_transparent_texel_leaves_the_pixel_as_it_was() -> None:
    clear, half = texture(*[(200, 0, 0, 0)] * 9), texture(*[(228, 28, 128, 128)] * 9)
    assert colour_of(shaded(clear, 0.0, 0.0, lit(), 0, True)) == [128, 128, 128]
    np.testing.assert_allclose(colour_of(shaded(half, 0.0, 0.0, lit(), 0, True)), [178, 78, 128], atol=1)


def test_coordinates_far_outside_read_nothing_beyond_the_texture() -> None:
    beyond = np.full(64, 0xFFFFFFFF, np.uint32)
    texels = np.concatenate([beyond, texture(*[DARK] * 9), beyond])[64:-64]
    for column, row in ((-4000.5, 0.5), (0.5, -4000.5), (9e5 + 0.5, 9e5 + 0.5)):
        assert colour_of(shaded(texels, column, row, lit(), 0, False)) == [10, 20, 30]


def test_values_run_evenly_over_a_triangle() -> None:
    corners = np.zeros(3 * SMOOTH, np.float32)
    corners[:SMOOTH], corners[SMOOTH : 2 * SMOOTH], corners[2 * SMOOTH :] = 1.0, 3.0, 6.0
    slopes = slopes_of(corners)
    for place, expected in ((CORNER, 1.0), (RIGHT, 0.2), (DOWN, 0.5)):
        np.testing.assert_allclose(slopes[place : place + SMOOTH], expected, rtol=1e-5)


def test_only_pixels_nearer_than_what_is_there_are_drawn_and_hide_it() -> None:
    texels, slopes = texture(*[LIGHT] * 9), lit()
    slopes[CORNER], slopes[RIGHT] = HERE, -2.0
    canvas, depth, owner = row_of(texels, slopes, 3, False)
    assert colour_of(int(canvas[0])) == [110, 120, 130]
    assert depth[0] == HERE
    assert owner[0] == 7
    assert (canvas[1:] == 0xFF808080).all()
    assert (depth[1:] == BEHIND).all()
    assert (owner[1:] == 0).all()


@pytest.mark.parametrize(("alpha", "is_owner"), [(120, False), (140, True)])
def test_what_is_mixed_in_hides_what_is_behind_from_one_half_on(alpha: int, is_owner: bool) -> None:
    slopes = lit()
    slopes[CORNER] = HERE
    _, depth, owner = row_of(texture(*[(228, 28, 128, alpha)] * 9), slopes, 1, True)
    assert (owner[0] == 7) == is_owner
    assert (depth[0] == HERE) == is_owner
