"""A lip's paint begins in the skin's colour, ends softly in the corners and has no stripes."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.lip_paint import EDGE_ROW, lent_texture, lip_texture
from benchmarks.colour import lightness

SKIN, LIP = (220.0, 180.0, 160.0), (176, 72, 78)


@pytest.fixture(scope="module")
def texture() -> np.ndarray:
    return lip_texture(LIP, np.full((41, 3), SKIN))[..., :3].astype(int)


def test_the_lip_begins_in_the_skins_colour_and_ends_inside_the_mouth(texture: np.ndarray) -> None:
    middle = texture.shape[1] // 2
    assert np.abs(texture[0, middle] - SKIN).max() <= 2
    assert lightness(texture[-1, middle]) < lightness(texture[EDGE_ROW // 2, middle]) < lightness(texture[0, middle])


def test_a_corner_ends_in_skin(texture: np.ndarray) -> None:
    red = texture[EDGE_ROW // 2, :, 0] - texture[EDGE_ROW // 2, :, 1]
    assert red[0] < 0.7 * red[len(red) // 2]
    assert np.abs(np.diff(red[: len(red) // 5])).max() < 12


def test_creases_are_fine_and_no_column_is_one_stripe(texture: np.ndarray) -> None:
    lip = texture[EDGE_ROW // 3 : EDGE_ROW - 4, 100:-100].sum(axis=2) / 3
    columns = lip.mean(axis=0)
    assert lip.std() < 6
    assert (columns - np.convolve(columns, np.ones(31) / 31, "same"))[20:-20].std() < 0.5 * lip.std()


def test_a_lent_picture_keeps_its_colours_up_to_the_edge() -> None:
    own = np.random.default_rng(3).integers(60, 200, (80, 120, 3)).astype(np.uint8)
    lent = lent_texture(own)
    rows = int(80 * EDGE_ROW / 119) - 1
    np.testing.assert_array_equal(lent[:rows, :, :3], own[:rows])
    assert lightness(lent[-1, 60, :3]) < 35


def test_the_inside_of_a_lent_lip_darkens_inward() -> None:
    lent = lent_texture(np.full((120, 60, 3), 180, np.uint8), (120, 60, 60))
    rows = [lightness(lent[row, 30, :3]) for row in (EDGE_ROW + 12, EDGE_ROW + 24, 119)]
    assert rows[0] > rows[1] + 5 > rows[2] + 10
