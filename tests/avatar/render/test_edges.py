"""Outlines are softened; everything else is left as it was drawn."""

from __future__ import annotations

import numpy as np

from avatar.render.edges import smooth_edges


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
    smooth_edges(image, depth, owner)
    assert 0 < image[10, 15, 0] < image[10, 16, 0] < 240


def test_parts_that_touch_stay_sharp() -> None:
    image, depth, owner = picture(step_mm=0.1)
    before = image.copy()
    smooth_edges(image, depth, owner)
    np.testing.assert_array_equal(image, before)
