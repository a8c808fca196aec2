"""What closed-in parts cannot show is left out, and nothing that shows is."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.openings import BEHIND_LIPS, Openings, whole_picture
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose

VIEW = Viewport(400, 400)
OPEN = {"lip_height_mm": 12.0, "inner_width": 0.7, "jaw_drop_mm": 12.0}


@pytest.fixture(scope="module")
def renderer(ada: Presenter) -> Renderer:
    return Renderer(ada, VIEW)


@pytest.mark.parametrize("turn", [{}, {"head_yaw_deg": 12.0}, {"head_pitch_deg": -9.0, "head_roll_deg": 6.0}])
def test_the_picture_is_the_same_without_the_windows(
    ada: Presenter, renderer: Renderer, pose: Pose, turn: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pose(**OPEN, **turn, gaze_yaw_deg=15.0, eyelid_left=0.4)
    picture = renderer.draw(frame).copy()

    def everything(openings: Openings, shape: tuple[int, ...]) -> np.ndarray:
        return np.tile(whole_picture(shape), (len(renderer.layers), 1))

    monkeypatch.setattr(Openings, "windows", everything)
    np.testing.assert_array_equal(renderer.draw(frame), picture)


def test_teeth_are_looked_for_between_the_lips_only(ada: Presenter, renderer: Renderer, pose: Pose) -> None:
    renderer.draw(pose(**OPEN))
    windows = Openings(renderer.layers, ada.indices).windows(renderer.owner.shape)
    for layer, (left, right, top, bottom) in zip(renderer.layers, windows, strict=True):
        area = (right - left) * (bottom - top) / renderer.owner.size
        assert (area < 0.5) == (layer.part.name in (*BEHIND_LIPS, "eye_left", "eye_right"))
