"""Lips of a picture are helped where a slit or a small hole would not be seen, and nowhere else."""

from __future__ import annotations

import pytest

from avatar.render.readable_lips import (
    READABLE_MM,
    ROUNDED_OF_PICTURE_MM,
    ROUNDED_WIDER_MM,
    TONGUE_WIDER_MM,
    TUCK_RISES_MM,
    WIDER_MM,
    ReadableLips,
)
from tests.avatar.render.conftest import Pose

PAINTED, PICTURE = ReadableLips(READABLE_MM, is_picture=False), ReadableLips(READABLE_MM, is_picture=True)
THIN = ReadableLips((3.0, 5.0), is_picture=True)


@pytest.mark.parametrize("height_mm", [-2.0, 0.0, 0.3, 2.5, 3.5, 7.0, 16.0])
def test_full_painted_lips_stand_as_asked(pose: Pose, height_mm: float) -> None:
    helped = PAINTED.help(pose(lip_height_mm=height_mm), 0.0)
    assert (helped.unrolled, helped.rises_mm, helped.wider_mm) == ((1.0, 1.0), 0.0, 0.0)


@pytest.mark.parametrize(("height_mm", "wider_mm"), [(-1.0, 0.0), (0.3, 0.0), (2.5, WIDER_MM), (7.0, 0.0)])
def test_only_small_openings_of_a_picture_are_drawn_wider(pose: Pose, height_mm: float, wider_mm: float) -> None:
    assert PICTURE.help(pose(lip_height_mm=height_mm), 0.0).wider_mm == pytest.approx(wider_mm)


@pytest.mark.parametrize(("height_mm", "jaw_mm", "share"), [(5.0, 6.0, 1.0), (12.0, 6.0, 1.0), (7.0, 2.4, 0.0)])
def test_dark_rounded_openings_are_drawn_wider_most_of_all_in_pictures_and_closed_teeth_are_not(
    pose: Pose, height_mm: float, jaw_mm: float, share: float
) -> None:
    rounded = pose(lip_height_mm=height_mm, jaw_drop_mm=jaw_mm)
    assert PICTURE.help(rounded, 1.0).wider_mm == pytest.approx(share * ROUNDED_OF_PICTURE_MM)
    assert PAINTED.help(rounded, 1.0).wider_mm == pytest.approx(share * ROUNDED_WIDER_MM)
    assert ROUNDED_OF_PICTURE_MM > ROUNDED_WIDER_MM


def test_rounded_lips_that_are_shut_stay_shut(pose: Pose) -> None:
    assert PICTURE.help(pose(lip_height_mm=0.3, jaw_drop_mm=6.0), 1.0).wider_mm == 0.0


def test_a_tongue_between_the_teeth_takes_its_room_in_a_picture(pose: Pose) -> None:
    wider_mm = [
        PICTURE.help(pose(lip_height_mm=7.0, tongue_tip_forward_mm=forward_mm), 0.0).wider_mm
        for forward_mm in (-4.0, 4.0)
    ]
    assert wider_mm == pytest.approx([0.0, TONGUE_WIDER_MM])


def test_wider_asked_is_wider_drawn(pose: Pose) -> None:
    heights = [0.1 * step for step in range(120)]
    drawn = [height + PICTURE.help(pose(lip_height_mm=height), 0.0).wider_mm for height in heights]
    assert all(before < after for before, after in zip(drawn[:-1], drawn[1:], strict=True))


def test_a_tucked_lip_stays_on_the_teeth_and_the_upper_one_of_a_picture_bares_them(pose: Pose) -> None:
    helped = THIN.help(pose(lip_height_mm=2.5, lower_lip_tuck=1.0), 0.0)
    assert (helped.rises_mm, helped.wider_mm) == (TUCK_RISES_MM, TUCK_RISES_MM)
    painted = PAINTED.help(pose(lip_height_mm=2.5, lower_lip_tuck=1.0), 0.0)
    assert (painted.rises_mm, painted.wider_mm) == (0.0, 0.0)


def test_a_thin_upper_lip_rises_but_where_rounding_hides_the_teeth(pose: Pose) -> None:
    parted = pose(lip_height_mm=8.0)
    assert THIN.help(parted, 0.0).rises_mm > 1.0
    assert THIN.help(parted, 1.0).rises_mm == 0.0


def test_the_resting_line_keeps_its_shape_until_lips_are_pressed_or_rounded(pose: Pose) -> None:
    assert PICTURE.help(pose(), 1.0).own_shape == 1.0
    assert PICTURE.help(pose(lip_height_mm=-2.0, lip_press=1.0), 1.0).own_shape == 0.0
    assert PICTURE.help(pose(lip_height_mm=4.0), 1.0).own_shape == 0.0
    assert PAINTED.help(pose(lip_height_mm=4.0), 1.0).own_shape == pytest.approx(0.6)
