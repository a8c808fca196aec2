"""Lids shut over the eyeball, eyes turn, brows rise; nothing else moves."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.eyes import EyeRig
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose


def skin_after(ada: Presenter, pose: Pose, **channels: float) -> np.ndarray:
    skin = ada.part("skin").vertices.copy()
    EyeRig(ada).apply(skin, pose(**channels))
    return skin


def eye_pixels(ada: Presenter, pose: Pose, **channels: float) -> int:
    renderer = Renderer(ada, Viewport(512, 512))
    renderer.draw(pose(**channels))
    return sum(int((renderer.owner == i).sum()) for i in range(1, 40) if _is_eye(renderer, i))


def _is_eye(renderer: Renderer, owner: int) -> bool:
    try:
        return renderer.owner_name(owner).startswith("eye_")
    except IndexError:
        return False


def test_at_rest_the_skin_is_the_neutral_one(ada: Presenter, pose: Pose) -> None:
    assert (skin_after(ada, pose) == ada.part("skin").vertices).all()


def test_shut_lids_hide_the_eyes_and_half_shut_ones_half(ada: Presenter, pose: Pose) -> None:
    opened = eye_pixels(ada, pose)
    half = eye_pixels(ada, pose, eyelid_left=0.5, eyelid_right=0.5)
    shut = eye_pixels(ada, pose, eyelid_left=1.0, eyelid_right=1.0)
    assert opened > 200
    assert 0.3 * opened < half < 0.7 * opened
    assert shut < 0.02 * opened


@pytest.mark.parametrize("shut", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_a_lid_never_enters_the_eyeball(ada: Presenter, pose: Pose, shut: float) -> None:
    skin = skin_after(ada, pose, eyelid_left=shut)
    away = np.linalg.norm(skin - ada.landmarks["eye_left"].reshape(3), axis=1)
    rim = np.zeros(len(skin), bool)
    rim[ada.indices["lid_rim_left"]] = True
    assert away[~rim].min() > ada.landmarks["eye_radius"].reshape(-1)[0] - 0.05


def test_shut_margins_meet(ada: Presenter, pose: Pose) -> None:
    skin = skin_after(ada, pose, eyelid_right=1.0)
    upper, lower = skin[ada.indices["upper_lid_right"]], skin[ada.indices["lower_lid_right"]]
    gap = np.linalg.norm(upper[:, None] - lower[None], axis=2).min(axis=1)
    assert gap.max() < 1.0


def test_one_eye_shuts_alone(ada: Presenter, pose: Pose) -> None:
    moved = np.abs(skin_after(ada, pose, eyelid_left=1.0) - ada.part("skin").vertices).max(axis=1)
    assert moved[ada.part("skin").vertices[:, 0] < 0].max() == 0
    assert moved.max() > 5


def test_gaze_turns_the_eyeball_to_the_persons_left_and_up(ada: Presenter, pose: Pose) -> None:
    rig = EyeRig(ada)
    turned = rig.pose(ada.part("skin").vertices.copy(), pose(gaze_yaw_deg=20.0, gaze_pitch_deg=10.0))["eye_left"]
    middle = turned[0] - ada.landmarks["eye_left"].reshape(3)
    assert np.degrees(np.arctan2(middle[0], middle[2])) == pytest.approx(20, abs=0.5)
    assert np.degrees(np.arcsin(middle[1] / np.linalg.norm(middle))) == pytest.approx(10, abs=0.5)


def test_the_upper_lid_follows_the_gaze_down(ada: Presenter, pose: Pose) -> None:
    margin = ada.indices["upper_lid_left"][16]
    fall = ada.part("skin").vertices[margin, 1] - skin_after(ada, pose, gaze_pitch_deg=-15.0)[margin, 1]
    assert 1.0 < fall < 4.0


def test_a_brow_rises_alone_and_the_mouth_stays(ada: Presenter, pose: Pose) -> None:
    skin = ada.part("skin").vertices
    way = skin_after(ada, pose, brow_raise_left=1.0) - skin
    on_brow = (np.abs(skin[:, 0] - 30) < 8) & (np.abs(skin[:, 1] - 88) < 3) & (skin[:, 2] > -30)
    assert way[on_brow, 1].min() > 4
    assert np.abs(way[skin[:, 0] < -12]).max() < 0.1
    assert np.abs(way[skin[:, 1] < 50]).max() < 1e-4


def test_lashes_go_with_the_lid(ada: Presenter, pose: Pose) -> None:
    rig = EyeRig(ada)
    before = rig.pose(ada.part("skin").vertices.copy(), pose())["lashes"]
    after = rig.pose(ada.part("skin").vertices.copy(), pose(eyelid_left=1.0, eyelid_right=1.0))["lashes"]
    assert np.abs(before - ada.part("lashes").vertices).max() < 1e-3
    upper = before[:, 1] > ada.landmarks["eye_left"][0, 1] + 3
    assert (after[upper, 1] <= before[upper, 1]).all()
    assert np.median(before[upper, 1] - after[upper, 1]) > 5
    skin = skin_after(ada, pose, eyelid_left=1.0, eyelid_right=1.0)
    assert np.linalg.norm(after - skin[ada.indices["lash_root"]], axis=1).max() < 12
