"""The camera frames a face as its framing says."""

from __future__ import annotations

import pytest

from avatar.render.camera import FRAMINGS, camera_for
from narrator.errors import SettingError
from narrator.flow import Viewport

MOUTH_MM = 50.0
HAIR_TOP_MM, CHIN_MM, ELBOW_MM = 178.0, 46.0, (246.0, 438.0)
"""As seen at the plane of the lips."""


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (512, 512), (576, 720), (720, 1280)])
def test_the_face_framing_gives_the_mouth_12_to_20_percent_of_the_width(size: tuple[int, int]) -> None:
    camera = camera_for(Viewport(*size, framing="face"))
    assert 0.12 <= MOUTH_MM * camera.pixels_per_mm / size[0] <= 0.20


def test_the_default_mouth_is_at_least_100_pixels_wide() -> None:
    assert camera_for(Viewport()).pixels_per_mm * MOUTH_MM >= 100


@pytest.mark.parametrize("framing", FRAMINGS)
def test_every_framing_shows_the_lips(framing: str) -> None:
    camera = camera_for(Viewport(1280, 720, framing=framing))
    assert 0.2 * 720 < camera.middle_y < 0.75 * 720


@pytest.mark.parametrize("size", [(512, 512), (576, 720), (720, 1280)])
def test_the_face_framing_keeps_hair_and_chin_whole_unless_the_picture_is_wide(size: tuple[int, int]) -> None:
    camera = camera_for(Viewport(*size, framing="face"))
    assert camera.middle_y - HAIR_TOP_MM * camera.pixels_per_mm > 0
    assert camera.middle_y + CHIN_MM * camera.pixels_per_mm < 0.83 * size[1]  # below lie the captions


@pytest.mark.parametrize("size", [(1280, 720), (512, 512), (576, 720), (720, 1280)])
def test_the_signer_framing_holds_head_elbows_and_hands(size: tuple[int, int]) -> None:
    camera = camera_for(Viewport(*size, framing="signer"))
    assert camera.middle_y - HAIR_TOP_MM * camera.pixels_per_mm > 0.02 * size[1]
    assert camera.middle_y + ELBOW_MM[1] * camera.pixels_per_mm < size[1]
    assert camera.middle_x - ELBOW_MM[0] * camera.pixels_per_mm > 0.02 * size[0]


def test_an_unknown_framing_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingError, match="signer"):
        camera_for(Viewport(framing="birdseye"))


@pytest.mark.parametrize("framing", ["face", "signer"])
def test_a_person_further_away_is_smaller_by_that_much(framing: str) -> None:
    near, far = (camera_for(Viewport(640, 360, framing=framing, distance=share)) for share in (1.0, 1.4))
    assert near.pixels_per_mm / far.pixels_per_mm == pytest.approx(1.4)
