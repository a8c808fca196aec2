"""A person is taken out of a picture: both together are the picture, and neither shows the other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.presenters.from_picture.canvas import grid_over, sample
from avatar.presenters.from_picture.plate import Layers, person_over, separate
from avatar.presenters.from_picture.pose import Pose

POSE = Pose(np.eye(3), np.zeros(3), 1.0, np.array([100.0, 80.0]))
GRID = grid_over(-100.5, 80.5, 99.5, -79.5, 1.0)
"""Just the picture."""
FACE = np.array([[-20.0, 20.0], [20.0, -20.0]])
BLUE, ORANGE = np.array([60.0, 110.0, 180.0]), np.array([230.0, 150.0, 70.0])


@pytest.fixture(scope="module")
def scene() -> tuple[np.ndarray, np.ndarray, Layers]:
    """An orange disc with a soft edge on blue, its matte, and what was made of it."""
    disc = np.zeros((160, 200), np.float32)
    cv2.circle(disc, (100, 90), 40, 1.0, -1)
    matte = cv2.GaussianBlur(disc, (0, 0), 2)
    image = (matte[..., None] * ORANGE + (1 - matte[..., None]) * BLUE + 0.5).astype(np.uint8)
    return image, matte, separate(image, matte, POSE, GRID, FACE)


def test_person_over_plate_is_the_picture(scene: tuple[np.ndarray, np.ndarray, Layers]) -> None:
    image, _, layers = scene
    alpha = layers.person[..., 3:] / 255
    again = alpha * layers.person[..., :3] + (1 - alpha) * layers.plate
    off = np.abs(again - image)
    assert off.mean() < 0.5
    assert off.max() < 8


def test_nothing_of_the_person_is_left_in_the_plate(scene: tuple[np.ndarray, np.ndarray, Layers]) -> None:
    _, _, layers = scene
    assert np.abs(layers.plate - BLUE).max() < 25


def test_no_background_is_left_in_the_persons_colours(scene: tuple[np.ndarray, np.ndarray, Layers]) -> None:
    _, _, layers = scene
    seen = layers.person[..., 3] > 60
    assert np.abs(layers.person[seen][:, :3] - ORANGE).max() < 40


def test_a_wrong_matte_is_mended_where_colours_tell() -> None:
    disc = np.zeros((160, 200), np.float32)
    cv2.circle(disc, (100, 90), 40, 1.0, -1)
    image = (disc[..., None] * ORANGE + (1 - disc[..., None]) * BLUE).astype(np.uint8)
    loose = cv2.GaussianBlur(disc, (0, 0), 5)
    off = np.abs(separate(image, loose, POSE, GRID, FACE).person[..., 3] / 255 - disc)
    assert off.mean() < 0.5 * np.abs(loose - disc).mean()


def test_a_finer_view_keeps_what_the_picture_shows(scene: tuple[np.ndarray, np.ndarray, Layers]) -> None:
    image, _, layers = scene
    person = person_over(sample(image, POSE, GRID), layers.person, layers.plate)
    alpha = person[..., 3:] / 255
    off = np.abs(alpha * person[..., :3] + (1 - alpha) * layers.plate - image)
    assert off.mean() < 0.5
    assert off.max() < 12


def test_where_the_picture_cuts_the_person_it_fades_evenly_into_the_background() -> None:
    image = np.tile(BLUE, (160, 200, 1))
    image[60:, 60:140] = ORANGE
    matte = np.zeros((160, 200), np.float32)
    matte[60:, 60:140] = 1.0
    wide = grid_over(-100, 80, 100, -380, 1.0)
    layers = separate(image.astype(np.uint8), matte, POSE, wide, FACE)
    alpha = layers.shown[..., 3:] / 255
    column = (alpha * layers.shown[..., :3] + (1 - alpha) * layers.plate)[:, 100]
    assert np.abs(column[90] - ORANGE).max() < 4
    assert np.abs(column[240:] - BLUE).max() < 30
    assert np.abs(np.diff(column[90:], axis=0)).max() < 8


def test_what_the_matte_left_of_the_person_is_not_mirrored_beyond_the_edge() -> None:
    image = np.tile(BLUE, (160, 200, 1))
    image[70:100, 100:196] = ORANGE
    matte = np.zeros((160, 200), np.float32)
    matte[70:100, 100:188] = 1.0
    wide = grid_over(-100, 80, 300, -80, 1.0)
    plate = separate(image.astype(np.uint8), matte, POSE, wide, FACE).plate
    assert np.abs(plate[:, 206:] - BLUE).max() < 40
