"""A picture becomes a presenter that at rest is the picture, and that the renderer can move."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.from_picture.faces import Face, find_faces
from avatar.presenters.from_picture.make import from_picture
from avatar.render.presenter import Pixels, Presenter
from avatar.render.presenter_folder import load_presenter, save_presenter
from avatar.render.renderer import Renderer
from avatar.studio.sculpt_face import INSIDE_LIPS
from narrator.errors import FaceError
from narrator.flow import Viewport

VIEW = Viewport(640, 640, framing="face")


def frame(**channels: float) -> MotionFrame:
    values = REST.copy()
    for name, value in channels.items():
        values[INDEX[name]] = value
    return MotionFrame(0.0, "", values)


def test_at_rest_the_drawn_picture_is_the_picture(made: Presenter, drawing: Pixels, face: Face) -> None:
    drawn = Renderer(made, VIEW).draw(frame())
    (again,) = find_faces(drawn)
    scale, shift = placed(again.points[:468, :2], face.points[:468, :2])
    to_picture = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    laid = cv2.warpAffine(drawn, to_picture, drawing.shape[1::-1], flags=cv2.INTER_AREA)
    left, top, right, bottom = (int(edge) for edge in face.box)
    difference = laid[top:bottom, left:right].astype(float) - drawing[top:bottom, left:right]
    assert np.abs(difference).mean() < 3


@pytest.mark.parametrize("source", ["made", "painted"])
def test_landmarks_lie_where_the_picture_has_them(source: str, request: pytest.FixtureRequest) -> None:
    picture = request.getfixturevalue({"made": "drawing", "painted": "painting"}[source])
    (before,) = find_faces(picture)
    (after,) = find_faces(Renderer(request.getfixturevalue(source), VIEW).draw(frame()))
    kept = [point for point in range(468) if point not in moving_points()]
    goal, seen = before.points[kept, :2], after.points[kept, :2]
    scale, shift = placed(seen, goal)
    off = np.linalg.norm(seen * scale + shift - goal, axis=1) / before.pupil_distance_px
    assert off.max() < 0.015


def moving_points() -> set[int]:
    """FaceMesh's points of lips, eyes and brows."""
    from mediapipe.python.solutions import face_mesh

    moving = set(INSIDE_LIPS)
    for edges in (
        face_mesh.FACEMESH_LIPS,
        face_mesh.FACEMESH_LEFT_EYE,
        face_mesh.FACEMESH_RIGHT_EYE,
        face_mesh.FACEMESH_LEFT_EYEBROW,
        face_mesh.FACEMESH_RIGHT_EYEBROW,
    ):
        moving |= {point for edge in edges for point in edge}
    return moving


def test_it_is_light_enough_to_draw(made: Presenter) -> None:
    assert len(made.part("skin").vertices) <= 4600
    assert sum(len(part.vertices) for part in made.parts) <= 9800
    pixels = sum(part.texture.shape[0] * part.texture.shape[1] for part in made.parts)
    assert made.plate
    pixels += made.plate.pixels.shape[0] * made.plate.pixels.shape[1]
    assert pixels * 4 <= 40e6


def test_a_saved_presenter_is_drawn_the_same(made: Presenter, tmp_path: Path) -> None:
    save_presenter(made, tmp_path)
    again = load_presenter(tmp_path)
    turned = frame(head_yaw_deg=8, jaw_drop_mm=8, lip_height_mm=8, inner_width=0.6)
    assert (Renderer(made, VIEW).draw(turned) == Renderer(again, VIEW).draw(turned)).all()


def test_an_opening_mouth_shows_its_inside(made: Presenter) -> None:
    renderer = Renderer(made, VIEW)
    renderer.draw(frame())
    assert not is_shown(renderer, "cavity")
    renderer.draw(frame(jaw_drop_mm=14, lip_height_mm=14, inner_width=0.7, tongue_tip_height_mm=-12))
    assert is_shown(renderer, "cavity")


def is_shown(renderer: Renderer, part: str) -> bool:
    return part in {renderer.owner_name(int(owner)) for owner in np.unique(renderer.owner)}


def test_a_picture_without_a_face_is_told() -> None:
    with pytest.raises(FaceError, match="no face was found"):
        from_picture(np.full((200, 200, 3), 128, np.uint8), None, "nobody", "Nobody")


def test_several_faces_have_to_be_chosen_from(drawing: Pixels) -> None:
    both = np.hstack([drawing, drawing])
    with pytest.raises(FaceError, match="2 were found"):
        from_picture(both, None, "two", "Two")
    with pytest.raises(FaceError, match="a face out of 1 to 2"):
        from_picture(both, 3, "two", "Two")


def placed(points: np.ndarray, goal: np.ndarray) -> tuple[float, np.ndarray]:
    """The scale and shift that lay points (N, 2) nearest to goal."""
    a, b = points - points.mean(axis=0), goal - goal.mean(axis=0)
    scale = float((a * b).sum() / (a * a).sum())
    return scale, goal.mean(axis=0) - scale * points.mean(axis=0)
