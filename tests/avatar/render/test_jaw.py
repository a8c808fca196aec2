"""The mandible turns about its hinge, and the skin follows it where it hangs on it."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.jaw import jaw_angle, jaw_weights, smooth_step, turn_about_hinge

PIVOT = np.array([0.0, 40.0, -85.0])
INCISOR = np.array([0.0, 0.0, 0.0])
CHIN = np.array([0.0, -42.0, -2.0])


@pytest.mark.parametrize("drop_mm", [0.0, 4.0, 13.0, 18.0])
def test_the_incisors_sink_by_exactly_the_drop(drop_mm: float) -> None:
    angle = jaw_angle(drop_mm, PIVOT, INCISOR)
    turned = turn_about_hinge(INCISOR[None].astype(np.float32), angle, PIVOT)
    assert turned[0, 1] == pytest.approx(-drop_mm, abs=1e-3)


def test_an_opening_jaw_swings_back() -> None:
    turned = turn_about_hinge(CHIN[None].astype(np.float32), jaw_angle(15.0, PIVOT, INCISOR), PIVOT)
    assert turned[0, 2] < CHIN[2]


def test_the_chin_follows_and_the_forehead_does_not() -> None:
    points = np.array([CHIN, [0, 90, 0], [0, 30, 20], [0, -110, -40]], np.float32)
    chin, forehead, nose, throat = jaw_weights(points, PIVOT, CHIN)
    assert chin > 0.95
    assert max(forehead, nose, throat) < 0.02


def test_smooth_step_rises_from_0_to_1() -> None:
    np.testing.assert_allclose(smooth_step(np.array([-1.0, 0.0, 0.5, 1.0, 2.0]), 0.0, 1.0), [0, 0, 0.5, 1, 1])
