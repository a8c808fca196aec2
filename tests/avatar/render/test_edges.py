"""Outlines are softened; everything else is left as it was drawn."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.edges import FOUR, SPILT_BYTES, WORD, finish_row
from avatar.render.rasterise import packed


def finished(step_mm: float, height: int = 32, width: int = 32) -> np.ndarray:
    """(height, width, 3): a light part beside a dark one, with a step of depth between them."""
    half = width // 2
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:, half:] = 240
    canvas = np.empty(height * width + FOUR, np.uint32)
    canvas[: height * width] = packed(picture).reshape(-1)
    depth = np.zeros((height, width), np.float32)
    depth[:, half:] = step_mm
    owner = np.ones((height, width), np.uint8)
    owner[:, half:] = 2
    image, backdrop = np.empty(picture.size + SPILT_BYTES, np.uint8), np.zeros(picture.size, np.uint8)
    changes = np.zeros(width + 2 * WORD, np.uint8)
    drawn = canvas[: height * width].reshape(height, width)
    for y in range(height):
        finish_row(image, drawn, depth, owner, backdrop, y, 0, width - 1, changes)
    return image[: picture.size].reshape(picture.shape)


def test_an_outline_before_something_further_away_is_softened() -> None:
    image = finished(step_mm=50.0)
    assert 0 < image[10, 15, 0] < image[10, 16, 0] < 240


def test_parts_that_touch_stay_sharp() -> None:
    image = finished(step_mm=0.1)
    assert not image[:, :16].any()
    assert (image[:, 16:] == 240).all()


@pytest.mark.parametrize(("height", "width"), [(31, 29), (5, 7), (3, 40)])
def test_a_picture_of_any_size_is_softened_up_to_its_rim(height: int, width: int) -> None:
    image = finished(50.0, height, width)
    assert (image[1:-1, width // 2 - 1, 0] > 0).all()
    assert (image[[0, -1], width // 2 - 1, 0] == 0).all()
