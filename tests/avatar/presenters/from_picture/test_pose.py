"""The head's pose is read off the picture, and places go from pixels to millimetres and back."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.from_picture.faces import Face, find_faces
from avatar.presenters.from_picture.pose import PUPIL_DISTANCE_MM, depth_mm, rest_pose
from avatar.presenters.library import presenter
from avatar.render.presenter import Pixels
from avatar.render.renderer import Renderer
from narrator.flow import Viewport

RANDOM = np.random.default_rng(11)


def turned(yaw_deg: float, roll_deg: float) -> Pixels:
    values = REST.copy()
    values[[INDEX["head_yaw_deg"], INDEX["head_roll_deg"]]] = yaw_deg, roll_deg
    return Renderer(presenter("ada"), Viewport(480, 480)).draw(MotionFrame(0.0, "", values)).copy()


def test_a_face_seen_from_the_front_is_hardly_turned(face: Face) -> None:
    towards_viewer = rest_pose(face).turn[2, 2]
    assert np.degrees(np.arccos(towards_viewer)) < 4


@pytest.mark.parametrize(("yaw_deg", "roll_deg"), [(20.0, 0.0), (-20.0, 0.0), (0.0, 10.0)])
def test_a_turned_head_is_measured_within_four_degrees(yaw_deg: float, roll_deg: float) -> None:
    (face,) = find_faces(turned(yaw_deg, roll_deg))
    turn = rest_pose(face).turn
    assert np.degrees(np.arctan2(turn[0, 2], turn[2, 2])) == pytest.approx(yaw_deg, abs=4)
    assert np.degrees(np.arctan2(turn[0, 1], turn[1, 1])) == pytest.approx(roll_deg, abs=4)


def test_pupils_are_63_mm_apart_in_head_space(face: Face) -> None:
    pose = rest_pose(face)
    points = pose.head_of_plane(pose.plane_of_pixels(face.points[:, :2]), depth_mm(face, pose))
    assert np.linalg.norm(points[473] - points[468]) == pytest.approx(PUPIL_DISTANCE_MM, rel=0.03)


def test_pixels_become_millimetres_and_pixels_again(face: Face) -> None:
    pose = rest_pose(face)
    pixels = RANDOM.uniform(0, 600, (50, 2))
    plane = pose.plane_of_pixels(pixels)
    assert pose.pixels_of_plane(plane) == pytest.approx(pixels)
    depth = RANDOM.uniform(-90, 30, 50)
    seen, deep = pose.plane_of_head(pose.head_of_plane(plane, depth))
    assert seen == pytest.approx(plane, abs=1e-6)
    assert deep == pytest.approx(depth, abs=1e-6)
