"""Heads turn the way their angles say, shoulders stay, and breath lifts them."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.camera import camera_for
from avatar.render.lighting import light_table
from avatar.render.placement import head_rotation, place, stance
from avatar.render.rasterise import ATTRIBUTES
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose

NOSE, CROWN = np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])


@pytest.mark.parametrize(
    ("channel", "vector", "axis"),
    [("head_yaw_deg", NOSE, 0), ("head_pitch_deg", NOSE, 1), ("head_roll_deg", CROWN, 0)],
)
def test_a_positive_angle_turns_left_up_or_towards_the_left_shoulder(
    pose: Pose, channel: str, vector: np.ndarray, axis: int
) -> None:
    turned = head_rotation(pose(**{channel: 10.0})) @ vector
    assert turned[axis] == pytest.approx(np.sin(np.deg2rad(10)), abs=1e-5)


def placed(pose: Pose, follow: float, y_mm: float = 100.0, x_mm: float = 0.0, **channels: float) -> np.ndarray:
    vertices = np.array([[x_mm, y_mm, 50]], np.float32)
    normals = np.array([[0, 0, 1]], np.float32)
    out = np.zeros((1, ATTRIBUTES), np.float32)
    at = stance(pose(**channels), np.zeros(3, np.float32), camera_for(Viewport()))
    ones = np.ones(1, np.float32)
    place(vertices, normals, ones * np.float32(follow), ones, light_table("skin"), at, out)
    return out[0]


def test_shoulders_stay_when_the_head_turns(pose: Pose) -> None:
    np.testing.assert_allclose(placed(pose, 0.0, head_yaw_deg=10.0), placed(pose, 0.0), atol=1e-3)
    assert abs(placed(pose, 1.0, head_yaw_deg=10.0)[0] - placed(pose, 1.0)[0]) > 10


def test_breath_lifts_the_shoulders_more_than_the_head(pose: Pose) -> None:
    shoulders = placed(pose, 0.0)[1] - placed(pose, 0.0, breath=1.0)[1]
    head = placed(pose, 1.0)[1] - placed(pose, 1.0, breath=1.0)[1]
    assert shoulders > head > 0


def test_breath_widens_the_chest_and_leaves_the_hips(pose: Pose) -> None:
    chest, hips = (
        placed(pose, 0.0, y_mm, 150.0, breath=1.0)[:2] - placed(pose, 0.0, y_mm, 150.0)[:2] for y_mm in (-240.0, -500.0)
    )
    assert chest[0] > 0.5
    np.testing.assert_allclose(hips, 0, atol=1e-3)


def test_a_shift_of_weight_takes_the_head_farther_than_the_hands(pose: Pose) -> None:
    head, hands = (
        placed(pose, follow, y_mm, weight_shift_mm=4.0)[0] - placed(pose, follow, y_mm)[0]
        for follow, y_mm in ((1.0, 60.0), (0.0, -360.0))
    )
    scale = camera_for(Viewport()).pixels_per_mm
    assert 4.0 * scale < head < 4.6 * scale
    assert 0.5 * head < hands < 0.9 * head
