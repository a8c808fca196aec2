"""Faces are found in pictures of any size, counted from the left, and measured steadily."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.presenters.from_picture.faces import Face, find_faces
from avatar.render.presenter import Pixels


def test_no_face_in_noise() -> None:
    assert find_faces(np.random.default_rng(1).integers(0, 255, (240, 320, 3), np.uint8)) == []


def test_faces_are_counted_from_the_left(drawing: Pixels) -> None:
    small = cv2.resize(drawing, (320, 320), interpolation=cv2.INTER_AREA)
    row = np.hstack([drawing, np.pad(small, ((160, 160), (0, 0), (0, 0)), mode="edge")])
    left, right = find_faces(row)
    assert left.box[0] < right.box[0]
    assert left.width_px == pytest.approx(2 * right.width_px, rel=0.05)


def test_a_small_face_in_a_large_picture_is_found(drawing: Pixels, face: Face) -> None:
    small = cv2.resize(drawing, (200, 200), interpolation=cv2.INTER_AREA)
    wide = np.tile(small[:1, :1], (900, 1400, 1))
    wide[500:700, 900:1100] = small
    (found,) = find_faces(wide)
    goal = face.points[:468, :2] * 200 / 640 + (900, 500)
    off = np.linalg.norm(found.points[:468, :2] - goal, axis=1) / found.pupil_distance_px
    assert off.mean() < 0.03
