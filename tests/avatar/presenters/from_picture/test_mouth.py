"""Lips are read off the picture, and an open mouth is closed."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.from_picture.faces import find_faces
from avatar.presenters.from_picture.make import from_picture
from avatar.presenters.from_picture.mouth import EDGE_POINTS, LipLines, smooth_line
from avatar.presenters.library import presenter
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport

VIEW = Viewport(640, 640)
UPPER, LOWER, PUPILS = 13, 14, (468, 473)


def lines(gap_mm: float) -> LipLines:
    x = np.linspace(-25, 25, 33)
    edge_x = np.linspace(-25, 25, EDGE_POINTS)

    def curve(at: np.ndarray, height: float) -> np.ndarray:
        return np.column_stack([at, height * (1 - (at / 25) ** 2), np.full_like(at, 4.0)])

    half = gap_mm / 2
    return LipLines(curve(x, 8 + half), curve(x, -9 - half), curve(edge_x, half), curve(edge_x, -half))


@pytest.mark.parametrize("gap_mm", [0.0, 0.8, 4.0, 14.0])
def test_closed_lips_meet_on_one_line(gap_mm: float) -> None:
    closed = lines(gap_mm).closed()
    assert (closed.upper_edge == closed.lower_edge).all()
    assert (closed.upper_border[1:-1, 1] > closed.upper_edge[3, 1]).all()
    assert closed.ring[0] == pytest.approx(closed.upper_border[0])


def test_lips_that_touch_are_left_as_the_picture_has_them() -> None:
    shut = lines(0.8)
    assert not shut.is_open
    assert (shut.closed().ring == shut.ring).all()


def test_an_open_mouths_bow_is_straightened() -> None:
    line = lines(14.0).closed().upper_edge
    bow = line[EDGE_POINTS // 2, 1] - line[0, 1]
    assert abs(bow) < 2


def test_a_smooth_line_goes_through_its_points() -> None:
    points = np.array([[0.0, 0, 0], [1, 2, 0], [3, 2, 1], [5, 0, 0]])
    dense = smooth_line(points, 400)
    assert np.linalg.norm(points[:, None] - dense[None], axis=2).min(axis=1).max() < 0.02


def gap(presenter: Presenter) -> float:
    (face,) = find_faces(Renderer(presenter, VIEW).draw(MotionFrame(0.0, "", REST)))
    return float(np.linalg.norm(face.points[UPPER] - face.points[LOWER])) / face.pupil_distance_px


def test_a_mouth_open_in_the_picture_is_seen_closed_at_rest() -> None:
    values = REST.copy()
    for name, value in {"jaw_drop_mm": 9, "lip_height_mm": 10, "inner_width": 0.7, "upper_teeth_mm": 1}.items():
        values[INDEX[name]] = value
    picture = Renderer(presenter("ada"), VIEW).draw(MotionFrame(0.0, "", values)).copy()
    (face,) = find_faces(picture)
    assert np.linalg.norm(face.points[UPPER] - face.points[LOWER]) / face.pupil_distance_px > 0.08
    assert gap(from_picture(picture, face, "open", "Open")) <= 0.015
