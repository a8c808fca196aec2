"""A hand has four fingers and a thumb of a hand's measures, and the left one is the right one's mirror image."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.presenters.library import presenter
from avatar.studio.body_shape import RELAXED_LEFT, body_shape
from avatar.studio.hand_shape import HandPose, hand
from avatar.studio.people import PEOPLE
from avatar.studio.person import Build, Person

STRAIGHT = HandPose(((0, 0, 0),) * 4, (0.9, 0.3, 0.0), 0.0)
ELBOW = np.array([-230.0, 0.0, 0.0])
LENGTH_OF_FACE = (0.82, 0.92)
"""Of a hand, from wrist to fingertip, between hairline and chin."""


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


@pytest.mark.parametrize("person", PEOPLE.values(), ids=list(PEOPLE))
def test_a_hand_is_a_little_shorter_than_its_owners_face(person: Person) -> None:
    made = hand(STRAIGHT, person.build.hands, np.eye(3), np.zeros(3), ELBOW, False)
    length = made.joints[1].joints[-1, 0] + made.joints[1].radii[-1]
    hairline = max(y for _, y in person.hair.hairline)
    face = hairline - float(presenter(person.name).landmarks["chin"][0, 1])
    assert LENGTH_OF_FACE[0] < length / face < LENGTH_OF_FACE[1]


def test_a_wrist_is_slimmer_than_the_hand_and_fingers_taper() -> None:
    made = hand(STRAIGHT, 1.0, np.eye(3), np.zeros(3), ELBOW, False)
    across = np.arange(-60.0, 60.0, 0.5)
    wrist, knuckles = (
        0.5 * (made.distance(np.stack([0 * across + x, across, 0 * across], axis=1)) < 0).sum() for x in (-12.0, 74.0)
    )
    assert 40 < wrist < 56
    assert wrist < 0.8 * knuckles
    for finger in made.joints:
        assert (np.diff(finger.radii) < 0).all()
        assert finger.radii[-1] < 0.7 * finger.radii[0]


def test_wrists_come_out_of_the_middle_of_their_sleeves() -> None:
    shape = body_shape(Build())
    for arm, sleeve in zip(shape.hands, shape.sleeves, strict=True):
        end = sleeve.lower.end[-1]
        around = [np.cross(sleeve.way, (0.0, 0.0, 1.0)), np.cross(sleeve.way, (0.0, 1.0, 0.0))]
        assert arm.distance(end[None])[0] < -6
        edge = end + np.array([k * sleeve.lower.end_radius[-1] * way for way in around for k in (-1.0, 1.0)])
        assert (arm.distance(edge) > 1.5).all()
        assert shape.in_sleeve(end[None])[0] > 15
        assert (shape.in_sleeve(edge) < 0).all()
