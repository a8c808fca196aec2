"""One face, large enough, from the front and uncovered, is taken; all else is refused."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.intake.suitability import choose_face
from avatar.presenters.library import DEFAULT, presenter
from avatar.render.renderer import Renderer
from narrator.errors import PictureError
from narrator.flow import RgbImage, Viewport


def scaled(picture: RgbImage, share: float) -> RgbImage:
    return cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


def test_a_face_in_plain_view_is_taken_without_a_warning(portrait: RgbImage) -> None:
    chosen = choose_face(portrait, None)
    assert chosen.warnings == ()
    assert 250 < chosen.face.width_px < 350


def test_no_face_is_told() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    with pytest.raises(PictureError, match="no face was found"):
        choose_face(noise, None)


def test_of_several_faces_each_is_listed_with_its_place_and_one_can_be_chosen(portrait: RgbImage) -> None:
    pair = np.hstack([portrait, scaled(np.pad(portrait, ((0, 200), (0, 200), (0, 0)), mode="edge"), 0.75)])
    with pytest.raises(PictureError, match=r"2 were found: 1 .*left at .* px across; 2 .*right at .*--face N"):
        choose_face(pair, None)
    assert choose_face(pair, 2).face.box[0] > 600
    with pytest.raises(PictureError, match="a number from 1 to 2 for --face; 3 came"):
        choose_face(pair, 3)


def test_a_small_face_is_warned_of_and_a_tiny_one_refused(portrait: RgbImage) -> None:
    assert "px across: it will look soft" in choose_face(scaled(portrait, 0.5), None).warnings[0]
    with pytest.raises(PictureError, match="at least 96 px across"):
        choose_face(scaled(portrait, 0.25), None)


def test_a_face_turned_far_to_the_side_is_refused() -> None:
    turned = REST.copy()
    turned[INDEX["head_yaw_deg"]] = 55
    picture = Renderer(presenter(DEFAULT), Viewport(600, 600)).draw(MotionFrame(0.0, "", turned)).copy()
    with pytest.raises(PictureError, match="turned at most 35 degrees"):
        choose_face(picture, None)


@pytest.mark.parametrize(
    ("quarters", "told"),
    [(1, "tilted by (8|9). degrees"), (3, "tilted by (8|9). degrees"), (2, "it stands on its head")],
)
def test_a_picture_that_is_not_upright_is_refused_with_how_to_mend_it(
    portrait: RgbImage, quarters: int, told: str
) -> None:
    with pytest.raises(PictureError, match=f"{told}. Turn the picture upright"):
        choose_face(np.ascontiguousarray(np.rot90(portrait, quarters)), None)


def test_a_covered_mouth_is_refused_unless_the_face_is_named(
    covered: Callable[[tuple[int, int, int]], RgbImage],
) -> None:
    with pytest.raises(PictureError, match="mouth in plain view"):
        choose_face(covered((150, 190, 215)), None)
    assert any("lips" in warning for warning in choose_face(covered((150, 190, 215)), 1).warnings)


def test_an_ape_is_refused(ape: RgbImage) -> None:
    with pytest.raises(PictureError):
        choose_face(ape, None)
