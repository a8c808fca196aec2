"""One pixel lies between four texels, takes the light of its place, and mixes by alpha."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.drawing_memory import packed
from avatar.render.shading import (
    CORNER,
    DOWN,
    FRACTION_BITS,
    RIGHT,
    ROW,
    SMOOTH,
    set_slopes,
    shade_blended,
    shade_opaque,
    start_row,
)
from avatar.render.strips import PITCH, in_strips

Packed = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

DARK, LIGHT, LEFT_RED = (10, 20, 30, 255), (110, 120, 130, 255), (210, 20, 30, 255)


@njit  # type: ignore[untyped-decorator]
def shaded(texels: Packed, column: float, row: float, slopes: Floats, step: float, is_blended: bool) -> int:
    """Pixel 0 of a picture that was mid-grey, drawn from (column, row) of a texture three texels wide."""
    image = np.array([0xFF808080], np.uint32)
    u, v = np.int64(column * (1 << FRACTION_BITS)), np.int64(row * (1 << FRACTION_BITS))
    last, at, strip = np.uint64(texels.size - PITCH - 2), np.uint64(0), np.uint64(3 * PITCH)
    if is_blended:
        shade_blended(image, at, texels, strip, last, u, v, slopes, np.float32(step))
    else:
        shade_opaque(image, at, texels, strip, last, u, v, slopes, np.float32(step))
    return int(image[0])


@njit  # type: ignore[untyped-decorator]
def row_values(corners: Floats, column: float, row: float) -> Floats:
    """All slopes of a right-angled triangle with sides of ten pixels, its row begun at a pixel."""
    slopes = np.zeros(4 * SMOOTH, np.float32)
    tenth, none = np.float32(0.1), np.float32(0.0)
    set_slopes(slopes, corners, 0, SMOOTH, 2 * SMOOTH, (none, tenth, none), (none, none, tenth))
    start_row(slopes, np.float32(column), np.float32(row))
    return slopes


def texture(*colours: tuple[int, int, int, int]) -> Packed:
    """Three rows of three texels."""
    return in_strips(packed(np.array(colours, np.uint8).reshape(3, 3, 4))).reshape(-1)


def lit(factor: float = 1.0, highlight: float = 0.0, highlight_per_pixel: float = 0.0) -> Floats:
    slopes = np.zeros(4 * SMOOTH, np.float32)
    slopes[ROW + 4 : ROW + 7] = factor
    slopes[ROW + 3], slopes[RIGHT + 3] = highlight, highlight_per_pixel
    return slopes


def colour_of(pixel: int) -> list[int]:
    return [pixel >> shift & 255 for shift in (0, 8, 16)]


def test_a_pixel_between_texels_shows_their_mean() -> None:
    texels = texture(DARK, LIGHT, LIGHT, DARK, LIGHT, LIGHT, DARK, LIGHT, LIGHT)
    assert colour_of(shaded(texels, 0.5, 0.0, lit(), 0.0, False)) == [60, 70, 80]
    assert colour_of(shaded(texels, 0.25, 0.5, lit(), 0.0, False)) == [35, 45, 55]


def test_rows_are_mixed_as_well_as_columns() -> None:
    texels = texture(DARK, DARK, DARK, LEFT_RED, DARK, DARK, DARK, DARK, DARK)
    assert colour_of(shaded(texels, 0.0, 0.5, lit(), 0.0, False)) == [110, 20, 30]
    assert colour_of(shaded(texels, 0.5, 0.5, lit(), 0.0, False)) == [60, 20, 30]


def test_light_multiplies_and_the_highlight_is_added_along_the_row() -> None:
    texels = texture(*[LIGHT] * 9)
    assert colour_of(shaded(texels, 0.0, 0.0, lit(factor=0.5, highlight=7.0), 0.0, False)) == [62, 67, 72]
    assert colour_of(shaded(texels, 0.0, 0.0, lit(highlight_per_pixel=2.0), 10.0, False)) == [130, 140, 150]
    assert colour_of(shaded(texels, 0.0, 0.0, lit(factor=9.0), 0.0, False)) == [255, 255, 255]


def test_a_transparent_texel_leaves_the_pixel_as_it_was() -> None:
    clear, half = texture(*[(200, 0, 0, 0)] * 9), texture(*[(228, 28, 128, 128)] * 9)
    assert colour_of(shaded(clear, 0.0, 0.0, lit(), 0.0, True)) == [128, 128, 128]
    np.testing.assert_allclose(colour_of(shaded(half, 0.0, 0.0, lit(), 0.0, True)), [178, 78, 128], atol=1)


def test_coordinates_far_outside_read_nothing_beyond_the_texture() -> None:
    texels = texture(*[DARK] * 9)
    for column, row in ((-4000.0, 0.0), (0.0, -4000.0), (9e5, 9e5)):
        assert colour_of(shaded(texels, column, row, lit(), 0.0, False)) == [10, 20, 30]


def test_values_run_evenly_over_a_triangle() -> None:
    corners = np.zeros(3 * SMOOTH, np.float32)
    corners[:SMOOTH], corners[SMOOTH : 2 * SMOOTH], corners[2 * SMOOTH :] = 1.0, 3.0, 6.0
    slopes = row_values(corners, 5.0, 2.0)
    for place, expected in ((CORNER, 1.0), (RIGHT, 0.2), (DOWN, 0.5), (ROW, 3.0)):
        np.testing.assert_allclose(slopes[place : place + SMOOTH], expected, rtol=1e-5)
