"""Beyond a picture's edges there is a calm backdrop of its own colours, and the face itself never fades."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.presenters.from_picture.backdrop import calm, vignette
from avatar.presenters.from_picture.canvas import grid_over
from avatar.presenters.from_picture.pose import Pose

POSE = Pose(np.eye(3), np.zeros(3), 1.0, np.array([100.0, 80.0]))
WIDE = grid_over(-300, 240, 300, -240, 2.0)
GREEN, RED = np.array([70, 110, 60], np.uint8), np.array([220, 30, 30], np.uint8)


def test_a_spot_in_the_background_leaves_nothing_on_the_backdrop() -> None:
    image = np.tile(GREEN, (160, 200, 1))
    image[40:50, 180:190] = RED
    assert np.abs(calm(image, np.ones((160, 200), bool), POSE, WIDE) - GREEN).max() < 1


def test_the_backdrop_keeps_which_side_is_dark() -> None:
    image = np.tile(np.linspace(20, 200, 200).astype(np.uint8)[None, :, None], (160, 1, 3))
    backdrop = calm(image, np.ones((160, 200), bool), POSE, WIDE)
    assert backdrop[120, 0].mean() < 80 < 140 < backdrop[120, -1].mean()
    assert np.abs(np.diff(backdrop, axis=1)).max() < 6


def test_the_backdrop_takes_nothing_of_the_person() -> None:
    image = np.tile(GREEN, (160, 200, 1))
    image[:, 100:] = RED
    is_background = np.tile(np.arange(200) < 95, (160, 1))
    assert np.abs(calm(image, is_background, POSE, WIDE) - GREEN).max() < 1


def test_a_person_who_fills_the_picture_stands_before_the_colour_of_its_edges() -> None:
    image = np.tile(GREEN, (160, 200, 1))
    image[20:140, 20:180] = RED
    assert np.abs(calm(image, np.zeros((160, 200), bool), POSE, WIDE) - GREEN).max() < 1


@pytest.mark.parametrize("room_mm", [2, 10, 40])
def test_a_face_close_to_the_edge_is_whole(room_mm: int) -> None:
    face = np.array([[-60.0, 50.0], [60.0, -80.0 + room_mm]])
    kept = vignette((160, 200), POSE, WIDE, face)
    plane = WIDE.plane()
    is_face = (np.abs(plane[..., 0]) < 60) & (plane[..., 1] > face[1, 1]) & (plane[..., 1] < 50)
    assert kept[is_face].min() > 0.99
    assert kept[-1].max() == kept[0].max() == kept[:, 0].max() == kept[:, -1].max() == 0
