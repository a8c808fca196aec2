"""Folds run out from where cloth gathers, and a sleeve has them where its arm bends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from avatar.studio.body_shape import CUFF_MM, ELBOW, FAR_MM, body_shape
from avatar.studio.creases import Fan, Rings
from avatar.studio.person import Build

FAN = Fan(np.zeros(3), np.eye(3)[:2], 8.0, 3.0, 20.0, 0.0)
RINGS = Rings(np.zeros(3), np.array([1.0, 0, 0]), 3.0, 12.0, 20.0, 60.0)


def circle(radius_mm: float) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    return np.stack([radius_mm * np.cos(turn), radius_mm * np.sin(turn), 0 * turn], axis=1)


def test_folds_of_a_fan_are_highest_at_their_peak_and_gone_far_away() -> None:
    heights = [float(np.ptp(FAN(circle(radius)))) for radius in (1.0, 20.0, 90.0)]
    assert heights[1] > 1.0
    assert heights[0] < 0.1 * heights[1]
    assert heights[2] < 0.1 * heights[1]


def test_a_fan_has_as_many_folds_as_it_says() -> None:
    height = FAN(circle(20.0))
    tops = (height > np.roll(height, 1)) & (height >= np.roll(height, -1)) & (height > 0)
    assert tops.sum() == pytest.approx(8, abs=1)


def test_folds_of_a_fan_that_looks_somewhere_lie_there() -> None:
    height = np.abs(replace(FAN, towards=0.0)(circle(20.0)))
    ahead = circle(20.0)[:, 0] > 10
    behind = circle(20.0)[:, 0] < -10
    assert height[behind].max() < 0.2 * height[ahead].max()


def test_a_cuff_lies_flat_and_the_sleeve_above_it_does_not() -> None:
    along = np.linspace(0, 100, 200)
    height = RINGS(np.stack([-along, 0 * along, 0 * along], axis=1))
    assert (height[along < 20.0] == 0).all()
    assert np.ptp(height[(along > 24) & (along < 60)]) > 1.0
    assert (height[along > 80.5] == 0).all()


def test_a_bent_sleeve_is_creased_and_the_middle_of_the_chest_is_not() -> None:
    shape = body_shape(Build())
    sleeve, chest = ELBOW + circle(40.0) + (0.0, 40.0, 30.0), np.array([(0.0, -300.0, 0.0), (0.0, -400.0, -20.0)])
    assert np.ptp(shape.creased(sleeve) - shape.clothed(sleeve)) > 1.0
    assert np.abs(shape.creased(chest) - shape.clothed(chest)).max() < 0.3


def test_a_place_on_the_cuff_is_told_from_one_on_the_chest() -> None:
    shape = body_shape(Build())
    end = shape.sleeves[0].lower.end[-1]
    beside = np.cross(shape.sleeves[0].way, (0.0, 0.0, 1.0))
    on_cuff = end - 0.5 * CUFF_MM * shape.sleeves[0].way + shape.sleeves[0].lower.end_radius[-1] * beside
    before, _ = shape.before_cuff(np.array([on_cuff, (0.0, -300.0, 0.0)]))
    assert before[0] == pytest.approx(0.5 * CUFF_MM, abs=0.5)
    assert before[1] == FAR_MM
