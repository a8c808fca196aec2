"""Lips are drawn where the channels ask, touch where they must, and never cross the teeth."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.lips import INNER_EDGE, LipShape
from avatar.render.presenter import Presenter
from tests.avatar.render.conftest import Pose


@pytest.fixture(scope="module")
def lips(ada: Presenter) -> LipShape:
    return LipShape(ada.part("skin").vertices[ada.indices["lip_border"]], ada.landmarks["lip_line"])


def gap(lips: LipShape, frame: object) -> np.ndarray:
    posed = lips.pose(frame)  # type: ignore[arg-type]
    return posed.upper[INNER_EDGE, :, 1] - posed.lower[INNER_EDGE, :, 1]


@pytest.mark.parametrize("height", [1.5, 5.0, 9.0, 14.0, 22.0])
def test_the_midline_opens_by_exactly_what_is_asked(lips: LipShape, pose: Pose, height: float) -> None:
    opening = gap(lips, pose(lip_height_mm=height, inner_width=0.7, upper_teeth_mm=1.0, jaw_drop_mm=height))
    assert opening[len(opening) // 2] == pytest.approx(height, abs=0.05)


@pytest.mark.parametrize("jaw", [0.0, 4.0, 8.0])
@pytest.mark.parametrize("width", [0.8, 1.0, 1.12])
def test_closed_lips_touch_along_their_whole_length(lips: LipShape, pose: Pose, jaw: float, width: float) -> None:
    frame = pose(jaw_drop_mm=jaw, mouth_width=width, lip_height_mm=-1.0, lip_press=0.5)
    assert gap(lips, frame).max() <= 0.05


def test_at_rest_the_border_is_the_skins_own(lips: LipShape, ada: Presenter, pose: Pose) -> None:
    ring = ada.part("skin").vertices[ada.indices["lip_border"]]
    posed = lips.pose(pose())
    np.testing.assert_allclose(posed.upper[0], ring[: len(ring) // 2 + 1], atol=0.6)


def test_rounding_pushes_both_lips_forward(lips: LipShape, pose: Pose) -> None:
    rest, round_ = lips.pose(pose()), lips.pose(pose(lip_protrusion_mm=8.0, mouth_width=0.8, inner_width=0.28))
    for lip in ("upper", "lower"):
        assert getattr(round_, lip)[..., 2].max() > getattr(rest, lip)[..., 2].max() + 6


def test_a_tucked_lip_reaches_the_upper_incisors(lips: LipShape, pose: Pose) -> None:
    frame = pose(lower_lip_tuck=1.0, upper_teeth_mm=2.5, lip_height_mm=2.5, inner_width=0.7, jaw_drop_mm=2.5)
    edge = lips.pose(frame).lower[INNER_EDGE, lips.upper_border.shape[0] // 2]
    assert np.hypot(edge[1], edge[2] - lips.incisor_z) <= 0.55


def test_pressed_lips_show_less_red(lips: LipShape, pose: Pose) -> None:
    def red_mm(press: float) -> float:
        posed = lips.pose(pose(lip_press=press))
        middle = posed.upper.shape[1] // 2
        return float(posed.upper[0, middle, 1] - posed.lower[0, middle, 1])

    # Each lip is rolled in by 1 to 2 mm (lipreading.md 2.6), of 17 mm in all.
    assert red_mm(1.0) < 0.8 * red_mm(0.0)


def test_a_smile_lifts_the_corners_and_not_the_middle(lips: LipShape, pose: Pose) -> None:
    rest, smile = lips.pose(pose()).upper, lips.pose(pose(smile=1.0)).upper
    middle = rest.shape[1] // 2
    assert smile[0, 0, 1] > rest[0, 0, 1] + 2
    assert smile[INNER_EDGE, middle, 1] == pytest.approx(rest[INNER_EDGE, middle, 1], abs=0.1)


def test_a_smile_stretches_the_red_thinner(lips: LipShape, pose: Pose) -> None:
    rest, smile = lips.pose(pose()), lips.pose(pose(smile=0.6))
    middle = rest.upper.shape[1] // 2
    for before, after in ((rest.upper, smile.upper), (rest.lower, smile.lower)):
        heights = [abs(float(one[0, middle, 1] - one[INNER_EDGE, middle, 1])) for one in (before, after)]
        assert 0.65 < heights[1] / heights[0] < 0.85


def test_thin_lips_unroll_as_they_part_and_the_upper_one_shows_more_teeth(ada: Presenter, pose: Pose) -> None:
    ring = ada.part("skin").vertices[ada.indices["lip_border"]].copy()
    ring[:, 1] *= 0.55
    line = ada.landmarks["lip_line"] * np.array([1.0, 0.55, 1.0], np.float32)
    thin = LipShape(ring, line)
    shut, parted = thin.pose(pose()), thin.pose(pose(lip_height_mm=5.0, inner_width=0.7, upper_teeth_mm=1.0))
    middle = shut.upper.shape[1] // 2
    assert shut.upper[0, middle, 1] == pytest.approx(ring[len(ring) // 4, 1], abs=0.1)
    for before, after in ((shut.upper, parted.upper), (shut.lower, parted.lower)):
        heights = [abs(float(one[0, middle, 1] - one[INNER_EDGE, middle, 1])) for one in (before, after)]
        assert heights[1] > 1.15 * heights[0]
    edge, other = parted.upper[INNER_EDGE, middle, 1], parted.lower[INNER_EDGE, middle, 1]
    assert edge > 1.5
    assert edge - other == pytest.approx(5.0, abs=0.05)
