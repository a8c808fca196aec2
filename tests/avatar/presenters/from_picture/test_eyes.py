"""Eyes of a picture look where the picture's look, shut, and turn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.from_picture.canvas import Grid, sample
from avatar.presenters.from_picture.eyes import onto_ball
from avatar.presenters.from_picture.faces import find_faces
from avatar.presenters.from_picture.make import _measured
from avatar.presenters.from_picture.pose import Pose
from avatar.render.presenter import Pixels, Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport

EYES = ("eye_left", "eye_right", "white_left", "white_right")


@pytest.fixture(scope="module")
def renderer(made: Presenter) -> Renderer:
    return Renderer(made, Viewport(960, 720))


def drawn(renderer: Renderer, **channels: float) -> dict[str, np.ndarray]:
    """Where each eye's parts are seen: part to (N, 2) rows and columns."""
    values = REST.copy()
    for name, value in channels.items():
        values[INDEX[name]] = value
    renderer.draw(MotionFrame(0.0, "", values))
    seen = {
        renderer.owner_name(int(owner)): np.argwhere(renderer.owner == owner) for owner in np.unique(renderer.owner)
    }
    return {name: seen.get(name, np.empty((0, 2))) for name in EYES}


def test_open_eyes_at_rest_are_the_pictures(painting: Pixels, painted: Presenter) -> None:
    pose, _, _ = _measured(find_faces(painting)[0])
    renderer = Renderer(painted, Viewport(1280, 720, framing="face", is_marked=False))
    drawn_face = renderer.draw(MotionFrame(0.0, "", REST)).astype(float)
    camera = renderer.camera
    step = 1 / camera.pixels_per_mm
    grid = Grid(-camera.middle_x * step, camera.middle_y * step, step, 1280, 720)
    off = np.abs(drawn_face - sample(painting, pose, grid)).mean(axis=2)
    is_eye = np.array([renderer.owner_name(value) in EYES for value in range(len(renderer.layers) + 1)])
    about = cv2.dilate(is_eye[renderer.owner].astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert about.sum() > 1000
    assert off[about].mean() < 3.0
    assert np.quantile(off[about], 0.99) < 22.5


@pytest.mark.parametrize("source", ["made", "painted"])
@pytest.mark.parametrize("gaze", [(0, 12), (0, -12), (14, 0), (-14, 0)])
def test_no_gaze_opens_a_hole_in_the_face(source: str, gaze: tuple[int, int], request: pytest.FixtureRequest) -> None:
    renderer = Renderer(request.getfixturevalue(source), Viewport(640, 480))
    renderer.draw(MotionFrame(0.0, "", REST))
    is_eye = np.array([renderer.owner_name(value) in EYES for value in range(len(renderer.layers) + 1)])
    rows, columns = np.nonzero(is_eye[renderer.owner])
    drawn(renderer, gaze_yaw_deg=gaze[0], gaze_pitch_deg=gaze[1])
    assert renderer.owner[rows.min() - 6 : rows.max() + 7, columns.min() : columns.max() + 1].all()


def test_what_is_laid_on_the_eyeball_is_seen_where_it_was() -> None:
    turn, _ = cv2.Rodrigues(np.array([0.1, 0.4, 0.05]))
    pose = Pose(turn, np.array([3.0, -2.0, 5.0]), 0.5, np.zeros(2))
    centre = np.array([31.0, 66.0, -18.0])
    before = pose.plane_of_head(centre[None])[0] + np.array([[-9.0, 3.0], [0.0, 0.0], [8.0, -4.0]])
    laid = onto_ball(pose.head_of_plane(before, np.zeros(3)), centre, 12.0, pose)
    assert np.abs(pose.plane_of_head(laid)[0] - before).max() < 1e-6
    assert np.linalg.norm(laid[1] - centre) == pytest.approx(12.0, abs=0.01)


@pytest.mark.parametrize("side", ["left", "right"])
def test_shut_lids_hide_eye_and_white(renderer: Renderer, side: str) -> None:
    opened, shut = drawn(renderer), drawn(renderer, eyelid_left=1, eyelid_right=1)
    before, after = (len(seen[f"eye_{side}"]) + len(seen[f"white_{side}"]) for seen in (opened, shut))
    assert after < 0.12 * before


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_iris_goes_with_the_gaze_and_the_white_stays(renderer: Renderer, side: str) -> None:
    ahead, aside = drawn(renderer), drawn(renderer, gaze_yaw_deg=15)
    moved = aside[f"eye_{side}"].mean(axis=0) - ahead[f"eye_{side}"].mean(axis=0)
    assert moved[1] > 4
    whole = [np.vstack([seen[f"eye_{side}"], seen[f"white_{side}"]]) for seen in (ahead, aside)]
    assert whole[1].mean(axis=0) == pytest.approx(whole[0].mean(axis=0), abs=1)


def test_the_margins_run_from_the_nose_outward(made: Presenter) -> None:
    skin = made.part("skin").vertices
    for side in ("left", "right"):
        for lid in ("upper", "lower"):
            across = np.abs(skin[made.indices[f"{lid}_lid_{side}"], 0])
            assert (np.diff(across) > 0).all()
        upper, lower = (skin[made.indices[f"{lid}_lid_{side}"], 1] for lid in ("upper", "lower"))
        assert (upper[3:-3] > lower[3:-3]).all()
