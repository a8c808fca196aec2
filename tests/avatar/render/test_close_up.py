"""An open mouth is drawn with more rows than the rest: no steps, nothing moved, nothing left out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.motion_frame import MotionFrame
from avatar.presenters.library import presenter
from avatar.render import close_up
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.flow import TRANSPARENT, Viewport
from tests.avatar.render.conftest import Pose

LARGE, SMALL = Viewport(840, 480), Viewport(512, 512)
BETWEEN_TEETH = {
    "lip_height_mm": 5.5,
    "inner_width": 0.72,
    "jaw_drop_mm": 5.2,
    "upper_teeth_mm": 1.5,
    "tongue_tip_forward_mm": 3.8,
    "tongue_tip_height_mm": -0.9,
    "tongue_body": 0.5,
}


def drawn(presenter: Presenter, viewport: Viewport, frame: MotionFrame) -> tuple[Renderer, np.ndarray]:
    renderer = Renderer(presenter, viewport)
    return renderer, renderer.draw(frame).copy()


def without_close_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on no mouth is drawn finer."""
    monkeypatch.setattr(close_up, "FROM_PX", 1 << 30)
    monkeypatch.setattr(close_up, "FROM_PX_PER_MM", 1e9)


def test_the_mouth_is_nearer_to_that_of_a_picture_twice_the_size(
    ada: Presenter, pose: Pose, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pose(**BETWEEN_TEETH)
    renderer, finer = drawn(ada, LARGE, frame)
    box = renderer.drawn_finer()
    assert box
    mouth = slice(box[2], box[3]), slice(box[0], box[1])
    _, twice = drawn(ada, Viewport(2 * LARGE.width, 2 * LARGE.height), frame)
    truth = cv2.resize(twice, (LARGE.width, LARGE.height), interpolation=cv2.INTER_AREA).astype(int)
    without_close_up(monkeypatch)
    _, plain = drawn(ada, LARGE, frame)
    off, off_plain = (np.abs(image.astype(int) - truth)[mouth].mean() for image in (finer, plain))
    assert off < 0.8 * off_plain


def test_only_the_mouth_changes(ada: Presenter, pose: Pose, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pose(**BETWEEN_TEETH, head_yaw_deg=9.0, head_roll_deg=5.0)
    renderer, finer = drawn(ada, LARGE, frame)
    box = renderer.drawn_finer()
    assert box
    without_close_up(monkeypatch)
    _, plain = drawn(ada, LARGE, frame)
    rows, columns = np.nonzero((finer != plain).any(axis=2))
    assert box[0] <= columns.min() <= columns.max() < box[1]
    assert box[2] <= rows.min() <= rows.max() < box[3]


@pytest.mark.parametrize("yaw_deg", [-19.0, 19.0])
@pytest.mark.parametrize("name", ["ada", "mina"])
def test_hair_that_a_turning_head_brings_behind_the_mouth_is_drawn_there(name: str, yaw_deg: float, pose: Pose) -> None:
    frame = pose(lip_height_mm=5.0, inner_width=0.85, mouth_width=1.1, jaw_drop_mm=5.0, head_yaw_deg=yaw_deg)
    renderer, _ = drawn(presenter(name), Viewport(840, 480, framing="mouth"), frame)
    box = renderer.drawn_finer()
    assert box
    assert (renderer.owner[box[2] : box[3], box[0] : box[1]] == 0).sum() <= 2


def test_a_small_picture_of_a_mouth_is_drawn_finer(ada: Presenter, pose: Pose) -> None:
    renderer, _ = drawn(ada, Viewport(320, 240, framing="mouth"), pose(**BETWEEN_TEETH))
    assert renderer.drawn_finer()


def test_who_owns_a_pixel_is_told_there_too(ada: Presenter, pose: Pose) -> None:
    frame = pose(**BETWEEN_TEETH)
    renderer, _ = drawn(ada, LARGE, frame)
    owners = {renderer.owner_name(int(owner)) for owner in np.unique(renderer.owner)}
    assert {"teeth_upper", "tongue", "cavity", "lip_upper", "lip_lower"} <= owners


@pytest.mark.parametrize(("viewport", "lip_height_mm"), [(SMALL, 8.0), (LARGE, -1.0)])
def test_small_pictures_and_closed_lips_are_drawn_once(
    ada: Presenter, pose: Pose, viewport: Viewport, lip_height_mm: float
) -> None:
    frame = pose(lip_height_mm=lip_height_mm, inner_width=0.7)
    renderer = Renderer(ada, viewport)
    renderer.stage(frame)
    assert renderer.drawn_finer() is None


def test_a_mouth_outside_the_picture_is_not_drawn_again(ada: Presenter, pose: Pose) -> None:
    frame = pose(lip_height_mm=8.0, inner_width=0.7, weight_shift_mm=900.0)
    renderer, image = drawn(ada, LARGE, frame)
    assert renderer.drawn_finer() is None
    assert image.shape == (LARGE.height, LARGE.width, 3)


def test_a_clear_background_stays_clear_and_the_mouth_opaque(ada: Presenter, pose: Pose) -> None:
    frame = pose(**BETWEEN_TEETH)
    renderer, image = drawn(ada, Viewport(840, 480, background=TRANSPARENT), frame)
    box = renderer.drawn_finer()
    assert box
    assert (image[box[2] : box[3], box[0] : box[1], 3] == 255).all()
    assert image[0, 0, 3] == 0
