"""What a picture does not show is given its colours."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.presenters.from_picture.faces import Face
from avatar.presenters.from_picture.tone import lab_of, mouth_colours
from avatar.render.presenter import Pixels

LIP, GREY_LIP = np.array([170.0, 80.0, 84.0]), np.array([110.0, 110.0, 110.0])


def test_a_drawing_in_grey_gets_a_grey_mouth(drawing: Pixels, face: Face) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    for name, colour in mouth_colours(grey, face, GREY_LIP).items():
        assert max(colour) - min(colour) <= 3, name


@pytest.mark.parametrize("light", [1.0, 0.6, 0.3])
def test_in_any_light_teeth_are_bright_a_tongue_is_seen_and_the_room_is_dark(
    drawing: Pixels, face: Face, light: float
) -> None:
    colours = mouth_colours((drawing * light).astype(np.uint8), face, LIP)
    tooth, tongue, cavity = (lab_of(np.array(colours[name], float))[0] for name in ("tooth", "tongue", "cavity"))
    assert tooth > 83
    assert 50 < tongue < 62
    assert 15 < cavity < 25


def test_in_the_dark_the_room_is_darker_than_the_lips(drawing: Pixels, face: Face) -> None:
    colours = mouth_colours((0.3 * drawing).astype(np.uint8), face, 0.3 * LIP)
    room, lip = (lab_of(np.array(colours[name], float))[0] for name in ("cavity", "lip"))
    assert 0 < room < 0.8 * lip


def test_in_grey_the_room_is_far_darker_than_the_lips(drawing: Pixels, face: Face) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(drawing, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    colours = mouth_colours(grey, face, 0.5 * GREY_LIP)
    room, lip = (lab_of(np.array(colours[name], float))[0] for name in ("cavity", "lip"))
    assert 0 < room < 0.5 * lip


def test_a_yellow_picture_gets_yellow_teeth(drawing: Pixels, face: Face) -> None:
    yellow = (drawing * np.array([1.0, 0.95, 0.6])).astype(np.uint8)
    plain, tinted = mouth_colours(drawing, face, LIP)["tooth"], mouth_colours(yellow, face, LIP)["tooth"]
    assert tinted[2] / tinted[0] < 0.95 * plain[2] / plain[0]


def test_the_inside_of_a_lip_is_its_own_colour_deeper_and_redder(drawing: Pixels, face: Face) -> None:
    inside = np.array(mouth_colours(drawing, face, LIP)["lip_inside"], float)
    assert (inside < LIP).all()
    assert inside[0] / inside[1] > LIP[0] / LIP[1]
