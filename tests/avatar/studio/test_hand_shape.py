"""A hand has four fingers and a thumb of a hand's measures, and the left one is the right one's mirror image."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.studio.body_shape import RELAXED_LEFT, body_shape
from avatar.studio.hand_shape import HandPose, hand
from avatar.studio.person import Build

STRAIGHT = HandPose(((0, 0, 0),) * 4, (0.9, 0.3, 0.0), 0.0)
ELBOW = np.array([-230.0, 0.0, 0.0])


def test_a_straight_hand_is_as_long_as_a_womans() -> None:
    made = hand(STRAIGHT, 1.0, np.eye(3), np.zeros(3), ELBOW, False)
    assert len(made.joints) == 5
    middle = made.joints[1]
    assert middle.joints[-1, 0] + middle.radii[-1] == pytest.approx(181, abs=8)
    lengths = [np.linalg.norm(np.diff(finger.joints, axis=0), axis=1).sum() for finger in made.joints[:4]]
    assert lengths[1] == max(lengths)
    assert lengths[3] == min(lengths)


def test_fingertips_are_skin_and_the_gap_between_fingers_is_air() -> None:
    made = hand(STRAIGHT, 1.0, np.eye(3), np.zeros(3), ELBOW, False)
    tips = np.array([finger.joints[-1] for finger in made.joints])
    assert (made.distance(tips) < -4).all()
    between = (tips[1:3] + tips[2:4]) / 2
    assert (made.distance(between) > 0).all()


def test_the_left_hand_mirrors_the_right() -> None:
    right, left = (hand(RELAXED_LEFT, 1.0, np.eye(3), np.zeros(3), ELBOW, is_left) for is_left in (False, True))
    places = np.random.default_rng(1).uniform(-60, 160, (200, 3))
    np.testing.assert_allclose(right.distance(places), left.distance(places * (-1, 1, 1)), atol=1e-9)


def test_resting_hands_lie_on_each_other_before_the_body() -> None:
    shape = body_shape(Build())
    right, left = shape.hands
    knuckles = np.array([finger.joints[0] for finger in right.joints[:4]])
    assert (shape.clothed(knuckles) > 0).all()
    tips = np.array([finger.joints[-1] for finger in right.joints[:2]])
    assert (left.distance(tips) > -12).all()  # they touch the other hand and do not go through it
