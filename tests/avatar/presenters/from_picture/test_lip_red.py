"""Lips of a picture can be told from its skin, and strong ones stay the picture's."""

from __future__ import annotations

import cv2
import numpy as np

from avatar.presenters.from_picture.faces import Face
from avatar.presenters.from_picture.lip_red import BESIDE_MOUTH, lip_red, readable_lips
from avatar.presenters.from_picture.tone import lab_of, patches
from avatar.render.presenter import Pixels


def plain(colour: np.ndarray) -> dict[str, Pixels]:
    return {name: np.tile(colour.astype(np.uint8), (120, 200, 1)) for name in ("lip_upper", "lip_lower")}


def skin_at(drawing: Pixels, face: Face) -> np.ndarray:
    x, y = face.points[50, :2].astype(int)
    return drawing[y, x]


def test_lips_as_pale_as_skin_are_set_off_from_it(drawing: Pixels, face: Face) -> None:
    pale = plain(skin_at(drawing, face))["lip_lower"].astype(int)
    stronger = readable_lips(plain(skin_at(drawing, face)), drawing, face)["lip_lower"].astype(int)
    assert (stronger[0] == pale[0]).all()
    assert stronger[60, 100].sum() < pale[60, 100].sum() - 15
    assert stronger[60, 100, 0] - stronger[60, 100, 1] > int(pale[60, 100, 0]) - int(pale[60, 100, 1])


def test_strong_lips_stay_as_they_are(drawing: Pixels, face: Face) -> None:
    strong = np.array([150, 30, 45])
    for texture in readable_lips(plain(strong), drawing, face).values():
        assert np.abs(texture.astype(int) - strong).max() <= 1


def test_lips_as_brown_as_the_skin_beside_them_turn_red(drawing: Pixels, face: Face) -> None:
    brown = drawing.copy()
    brown[:] = (128, 84, 52)
    orange = plain(np.array([116, 60, 30]))
    deeper = readable_lips(orange, brown, face)["lip_upper"]
    before, after = (lab_of(lip_red(each)) for each in (orange["lip_upper"], deeper))
    assert after[2] < before[2] - 3
    beside = lab_of(np.mean(patches(brown, face, BESIDE_MOUTH[0]), axis=0))
    assert np.linalg.norm(after - beside) > np.linalg.norm(before - beside)


def test_a_picture_in_grey_keeps_grey_lips(drawing: Pixels, face: Face) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    lips = readable_lips(plain(np.full(3, 120)), grey, face)["lip_lower"]
    assert np.ptp(lips.astype(int), axis=-1).max() <= 2


def test_lips_in_shade_are_reddened_less(drawing: Pixels, face: Face) -> None:
    textures = plain(skin_at(drawing, face))
    for texture in textures.values():
        texture[:, :40] //= 3
    own, redder = (
        cv2.cvtColor(each["lip_lower"], cv2.COLOR_RGB2LAB).astype(int)
        for each in (textures, readable_lips(textures, drawing, face))
    )
    change = (redder - own)[60, :, 1]
    assert 0 < change[20] < 0.8 * change[100]
