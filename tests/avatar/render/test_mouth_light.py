"""Light comes in through the opening, and finished pixels have the lightness that reading needs."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from avatar.motion_frame import MotionFrame
from avatar.render.lips import INNER_EDGE, ROWS
from avatar.render.mouth import Mouth
from avatar.render.mouth_light import (
    LEAST_LIGHT,
    PICTURE_EDGES,
    ROOM_DIM,
    TEETH_IN_PICTURE,
    light_in_room,
    light_inside,
    lip_light,
    tongue_light,
)
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from benchmarks.colour import lightness
from narrator.flow import Viewport
from tests.avatar.articulation.material import track_of, vcv
from tests.avatar.render.conftest import Pose

Lightness = Callable[[str, str], float]


def apex(consonant: str, vowel: str = "ɑː") -> MotionFrame:
    utterance = vcv(vowel, consonant, vowel)
    middle = utterance.phones[1]
    return track_of(utterance).at(middle.start_s + middle.duration_s / 2)


@pytest.fixture(scope="module")
def median_lightness(ada: Presenter) -> Lightness:
    """median_lightness(sound, part): L* of that part's pixels at the sound's apex, rims left out."""
    renderer = Renderer(ada, Viewport(1280, 720, framing="mouth"))

    def measure(sound: str, part: str) -> float:
        image = renderer.draw(apex(sound))
        names = [renderer.owner_name(int(owner)) for owner in np.unique(renderer.owner)]
        owner = np.unique(renderer.owner)[names.index(part)]
        inside = cv2.erode((renderer.owner == owner).astype(np.uint8), np.ones((3, 3))) > 0
        return lightness(np.median(image[inside], axis=0))

    return measure


@pytest.mark.parametrize("sound", ["f", "s", "ʃ", "θ", "l", "iː"])
def test_upper_teeth_are_bright(median_lightness: Lightness, sound: str) -> None:
    assert median_lightness(sound, "teeth_upper") >= 80


@pytest.mark.parametrize("sound", ["s", "ʃ", "iː", "ɑː"])
def test_lower_teeth_are_bright(median_lightness: Lightness, sound: str) -> None:
    assert median_lightness(sound, "teeth_lower") >= 80


@pytest.mark.parametrize("sound", ["θ", "l", "t", "n"])
def test_a_tongue_that_is_to_be_read_is_lit(median_lightness: Lightness, sound: str) -> None:
    assert 45 <= median_lightness(sound, "tongue") <= 60


@pytest.mark.parametrize("sound", ["ɑː", "æ", "l"])
def test_the_back_of_the_mouth_is_dark_but_not_black(median_lightness: Lightness, sound: str) -> None:
    assert 15 <= median_lightness(sound, "cavity") <= 25


def test_a_small_deep_opening_lets_little_light_in(pose: Pose) -> None:
    round_ = pose(lip_height_mm=3.0, inner_width=0.25, lip_protrusion_mm=9.0)
    spread = pose(lip_height_mm=6.0, inner_width=0.8)
    assert light_inside(round_, 25.0, 4.5) < 0.6
    assert light_inside(spread, 25.0, 4.5) == 1.0


def test_teeth_of_a_picture_go_dark_where_its_mouth_is_rounded_and_nowhere_else(pose: Pose) -> None:
    rounded = pose(lip_height_mm=7.0, inner_width=0.3, lip_protrusion_mm=2.0)
    hissed = pose(lip_height_mm=7.0, inner_width=0.48, lip_protrusion_mm=2.0)
    assert light_inside(rounded, 25.0, 4.5, is_picture=True) == TEETH_IN_PICTURE < LEAST_LIGHT
    assert light_inside(hissed, 25.0, 4.5, is_picture=True) == light_inside(hissed, 25.0, 4.5) > 0.9


def test_the_room_of_a_picture_is_dark_behind_a_small_opening_and_lit_through_a_large_one(pose: Pose) -> None:
    rounded = pose(lip_height_mm=3.5, inner_width=0.26, lip_protrusion_mm=9.0)
    wide = pose(lip_height_mm=16.0, inner_width=0.7)
    assert light_in_room(rounded, 24.0) == ROOM_DIM
    assert light_in_room(wide, 24.0) == 1.0


def test_shut_lips_meet_in_a_soft_dark_line_that_fades_to_the_corners(ada: Presenter, pose: Pose) -> None:
    mouth = Mouth(ada)
    upper, _ = lip_light(mouth.pose(pose()).lips, 0.0)
    rows = upper.reshape(ROWS, -1)
    middle = rows.shape[1] // 2
    assert rows[INNER_EDGE, middle] < rows[INNER_EDGE - 1, middle] < rows[INNER_EDGE - 2, middle]
    assert rows[INNER_EDGE, 0] > 0.9
    parted, _ = lip_light(mouth.pose(pose(lip_height_mm=8.0, inner_width=0.8)).lips, 0.0)
    assert parted.reshape(ROWS, -1)[INNER_EDGE, middle] > rows[INNER_EDGE, middle] + 0.2


def test_in_a_picture_parted_edges_are_told_by_shade_and_light(ada: Presenter, pose: Pose) -> None:
    lips = Mouth(ada).pose(pose(lip_height_mm=8.0, inner_width=0.8)).lips
    own, told = lip_light(lips, 0.0), lip_light(lips, 0.0, PICTURE_EDGES)
    middle = lips.upper.shape[1] // 2
    (own_upper, own_lower), (upper, lower) = ([one.reshape(ROWS, -1) for one in both] for both in (own, told))
    assert upper[INNER_EDGE, middle] < 0.7 * own_upper[INNER_EDGE, middle]
    assert lower[INNER_EDGE, middle] > 1.2 * own_lower[INNER_EDGE, middle]
    np.testing.assert_array_equal(upper[0], own_upper[0])
    np.testing.assert_array_equal(lip_light(Mouth(ada).pose(pose()).lips, 0.0, PICTURE_EDGES)[0], resting(ada, pose))


def resting(ada: Presenter, pose: Pose) -> np.ndarray:
    return lip_light(Mouth(ada).pose(pose()).lips, 0.0)[0]


def test_light_falls_off_into_the_mouth_and_behind_pushed_out_lips(ada: Presenter, pose: Pose) -> None:
    mouth = Mouth(ada)
    z = mouth.shape.incisor_z
    at = np.array([[0, 0, z], [0, 0, z - 10], [0, 0, z - 60]], np.float32)
    near, far, back = tongue_light(at, mouth.pose(pose(lip_height_mm=8.0, inner_width=0.7)).lips, 0.0, 0.0)
    assert near == 1.0 > far > back > 0.2
    pushed = mouth.pose(pose(lip_height_mm=4.0, inner_width=0.3, lip_protrusion_mm=9.0))
    assert tongue_light(at, pushed.lips, 9.0, 0.0)[1] < 0.8 * far


def test_light_reaches_further_into_a_mouth_that_is_wider_open(ada: Presenter, pose: Pose) -> None:
    mouth = Mouth(ada)
    at = np.array([[0, 4, mouth.shape.incisor_z - 6], [0, 4, mouth.shape.incisor_z - 60]], np.float32)
    small, wide, widest = (
        tongue_light(at, mouth.pose(pose(lip_height_mm=height, inner_width=0.7)).lips, 0.0, 0.0)
        for height in (5.0, 10.0, 14.0)
    )
    assert small[0] < 0.8 * wide[0]
    assert widest[1] > 1.5 * small[1]


def test_a_tongue_between_the_teeth_is_brighter_than_one_behind_them(median_lightness: Lightness) -> None:
    """Viewers who were told nothing took TH for T D N where both were as bright as each other."""
    between = median_lightness("θ", "tongue")
    assert all(between > median_lightness(sound, "tongue") + 8 for sound in "tdn")


def test_round_lips_show_no_sliver_of_white_teeth(pose: Pose) -> None:
    round_ = pose(lip_height_mm=3.5, inner_width=0.26, mouth_width=0.72, lip_protrusion_mm=8.0)
    assert light_inside(round_, 25.0, 4.5) <= 0.3
