"""What closed-in parts cannot show is left out, and nothing that shows is."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.openings import BEHIND_LIDS, BEHIND_LIPS, MARGIN_PX, Box, Opening, eyes_of, mouth_of
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

    def everything(opening: Opening, shape: tuple[int, ...]) -> Box:
        return 0, shape[1], 0, shape[0]

    monkeypatch.setattr(Opening, "box", everything)
    np.testing.assert_array_equal(renderer.draw(frame), picture)


def test_what_lies_behind_lips_and_lids_is_looked_for_between_them_only(
    ada: Presenter, renderer: Renderer, pose: Pose
) -> None:
    renderer.draw(pose(**OPEN))
    openings = [mouth_of(renderer.layers), *eyes_of(renderer.layers, ada.indices)]
    for opening in openings:
        left, right, top, bottom = opening.box(renderer.owner.shape)
        assert 0 < (right - left) * (bottom - top) < 0.05 * renderer.owner.size
    behind = {renderer.layers[place].part.name for opening in openings for place in opening.behind}
    names = {layer.part.name for layer in renderer.layers}
    assert behind == names & {*BEHIND_LIPS, *BEHIND_LIDS["left"], *BEHIND_LIDS["right"]}


def test_a_box_outside_the_picture_holds_none_of_it(renderer: Renderer, pose: Pose) -> None:
    renderer.draw(pose())
    left, right, top, bottom = mouth_of(renderer.layers).box((40, 40))
    assert left >= 40 or top >= 40
    assert right <= 40 + MARGIN_PX
    assert bottom <= 40 + MARGIN_PX
