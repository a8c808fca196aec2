"""A patch laid over a developed picture looks as if it had been in the picture before."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from narrator.outputs.film_tracks import develop, paste, planes

WIDTH, HEIGHT = 64, 48


@pytest.mark.parametrize(("size", "top", "left"), [((12, 20), 6, 10), ((13, 21), 30, 40), ((HEIGHT, WIDTH), 0, 0)])
def test_a_patch_lies_where_it_is_wanted_and_nowhere_else(size: tuple[int, int], top: int, left: int) -> None:
    chance = np.random.default_rng(1)
    picture = chance.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)
    patch = np.full((*size, 3), (200, 30, 90), np.uint8)
    laid, before = planes(WIDTH, HEIGHT), planes(WIDTH, HEIGHT)
    develop(picture, laid)
    paste(patch, top, left, laid)
    picture[top : top + size[0] + size[0] % 2, left : left + size[1] + size[1] % 2] = (200, 30, 90)
    develop(picture, before)
    np.testing.assert_array_equal(laid, before)


def test_a_picture_of_another_size_is_a_fault_and_not_the_frame_before() -> None:
    with pytest.raises(ValueError, match=r"\(40, 64\) does not fill"):
        develop(np.zeros((40, WIDTH, 3), np.uint8), planes(WIDTH, HEIGHT))


def test_at_an_odd_place_it_lies_one_pixel_nearer_the_corner() -> None:
    laid = planes(WIDTH, HEIGHT)
    develop(np.zeros((HEIGHT, WIDTH, 3), np.uint8), laid)
    paste(np.full((4, 4, 3), 255, np.uint8), 7, 9, laid)
    shown = cv2.cvtColor(laid, cv2.COLOR_YUV2RGB_I420)
    assert (shown[6:10, 8:12] > 250).all()
    assert shown.sum() == shown[6:10, 8:12].sum()
