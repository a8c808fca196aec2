"""What a picture does not show is given its colours."""

from __future__ import annotations

import cv2
import numpy as np

from avatar.presenters.from_picture.faces import Face
from avatar.presenters.from_picture.tone import mouth_colours, readable_lip
from avatar.render.presenter import Pixels


def test_a_drawing_in_grey_gets_a_grey_mouth(drawing: Pixels, face: Face) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    for name, colour in mouth_colours(grey, face).items():
        assert max(colour) - min(colour) <= 3, name


def test_a_dim_picture_gets_dim_teeth_but_teeth_still(drawing: Pixels, face: Face) -> None:
    dim = (drawing * 0.5).astype(np.uint8)
    bright, dark = mouth_colours(drawing, face), mouth_colours(dim, face)
    for name in ("tooth", "gum", "tongue", "cavity"):
        assert sum(dark[name]) < sum(bright[name]), name
    assert sum(dark["tooth"]) > 1.3 * sum(dark["tongue"])


def test_a_yellow_picture_gets_yellow_teeth(drawing: Pixels, face: Face) -> None:
    yellow = (drawing * np.array([1.0, 0.95, 0.6])).astype(np.uint8)
    plain, tinted = mouth_colours(drawing, face)["tooth"], mouth_colours(yellow, face)["tooth"]
    assert tinted[2] / tinted[0] < 0.95 * plain[2] / plain[0]


def test_lips_as_pale_as_skin_are_set_off_from_it(drawing: Pixels, face: Face) -> None:
    x, y = face.points[50, :2].astype(int)
    pale = np.tile(drawing[y, x], (120, 200, 1))
    stronger = readable_lip(pale, drawing, face).astype(int)
    assert (stronger[0] == pale[0]).all()
    assert stronger[60, 100].sum() < pale[60, 100].sum() - 15
    assert stronger[60, 100, 0] - stronger[60, 100, 1] > int(pale[60, 100, 0]) - int(pale[60, 100, 1])


def test_strong_lips_stay_as_they_are(drawing: Pixels, face: Face) -> None:
    strong = np.tile(np.array([150, 30, 45], np.uint8), (120, 200, 1))
    assert np.abs(readable_lip(strong, drawing, face).astype(int) - strong).max() <= 1


def test_lips_in_shade_are_reddened_less(drawing: Pixels, face: Face) -> None:
    x, y = face.points[50, :2].astype(int)
    texture = np.tile(drawing[y, x], (120, 200, 1))
    texture[:, :40] //= 3
    own, redder = (
        cv2.cvtColor(each, cv2.COLOR_RGB2LAB).astype(int) for each in (texture, readable_lip(texture, drawing, face))
    )
    change = (redder - own)[60, :, 1]
    assert 0 < change[20] < 0.8 * change[100]
