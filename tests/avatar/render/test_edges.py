"""Outlines are softened; everything else is left as it was drawn."""

from __future__ import annotations

import numpy as np

from avatar.render.edges import Outlines


def picture(step_mm: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    image = np.zeros((32, 32, 3), np.uint8)
    image[:, 16:] = 240
    depth = np.zeros((32, 32), np.float32)
    depth[:, 16:] = step_mm
    owner = np.ones((32, 32), np.uint8)
    owner[:, 16:] = 2
    return image, depth, owner


def test_an_outline_before_something_further_away_is_softened() -> None:
    image, depth, owner = picture(step_mm=50.0)
    Outlines(*depth.shape).smooth(image, depth, owner)
    assert 0 < image[10, 15, 0] < image[10, 16, 0] < 240


def test_parts_that_touch_stay_sharp() -> None:
    image, depth, owner = picture(step_mm=0.1)
    before = image.copy()
    Outlines(*depth.shape).smooth(image, depth, owner)
    np.testing.assert_array_equal(image, before)


def test_a_picture_of_any_size_is_softened_up_to_its_rim() -> None:
    image, depth, owner = (np.ascontiguousarray(part[:31, :29]) for part in picture(step_mm=50.0))
    Outlines(31, 29).smooth(image, depth, owner)
    assert (image[1:-1, 15, 0] > 0).all()
    assert (image[[0, -1], 15, 0] == 0).all()
