"""The first presenter as a picture: a face that may be in this repository, whole or covered."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from avatar.motion_frame import REST, MotionFrame
from avatar.presenters.library import DEFAULT, presenter
from avatar.render.renderer import Renderer
from narrator.flow import RgbImage, Viewport


@pytest.fixture(scope="session")
def portrait() -> RgbImage:
    """(600, 600, 3): from the front."""
    return Renderer(presenter(DEFAULT), Viewport(600, 600)).draw(MotionFrame(0.0, "", REST)).copy()


@pytest.fixture(scope="session")
def covered(portrait: RgbImage) -> Callable[[tuple[int, int, int]], RgbImage]:
    """The same behind a mask of that colour, from the nose to below the chin."""

    def cover(colour: tuple[int, int, int]) -> RgbImage:
        picture = portrait.copy()
        rows, columns = np.mgrid[:600, :600]
        mask = (np.abs(columns - 300) < 160 - np.abs(rows - 330) * 0.3) & (rows > 250) & (rows < 440)
        shade = 1 - 0.2 * ((columns[mask] - 300) / 150) ** 2
        picture[mask] = (np.array(colour) * shade[:, None]).astype(np.uint8)
        return picture

    return cover


@pytest.fixture(scope="session")
def ape() -> RgbImage:
    """(600, 600, 3): dark fur, a bare face with a bulging muzzle, small eyes under one brow; FaceMesh sees a person."""
    fur, skin, dark = (55, 40, 30), (160, 120, 95), (50, 35, 25)
    picture = np.full((600, 600, 3), (150, 160, 140), np.uint8)
    cv2.ellipse(picture, (300, 300), (180, 230), 0, 0, 360, fur, -1)
    for side in (-1, 1):
        cv2.ellipse(picture, (300 + side * 55, 250), (75, 65), 0, 0, 360, skin, -1)
        cv2.ellipse(picture, (300 + side * 185, 270), (35, 50), 0, 0, 360, skin, -1)
    cv2.ellipse(picture, (300, 390), (120, 115), 0, 0, 360, skin, -1)
    picture = cv2.GaussianBlur(picture, (0, 0), 4)
    for side in (-1, 1):
        cv2.ellipse(picture, (300 + side * 55, 215), (60, 16), side * 8, 180, 360, (95, 65, 50), 10)
        cv2.ellipse(picture, (300 + side * 52, 252), (24, 15), 0, 0, 360, (70, 40, 20), -1)
        cv2.circle(picture, (300 + side * 52, 252), 10, (12, 8, 5), -1)
        cv2.circle(picture, (295 + side * 52, 247), 3, (250, 250, 250), -1)
        cv2.ellipse(picture, (300 + side * 22, 330), (13, 10), side * 20, 0, 360, dark, -1)
    cv2.ellipse(picture, (300, 360), (95, 70), 0, 20, 160, (70, 45, 35), 5)
    return cv2.GaussianBlur(picture, (0, 0), 1.2)
