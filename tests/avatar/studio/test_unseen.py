"""What no pose shows is left out of a presenter, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.library import DEFAULT, presenter
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from avatar.studio.unseen import without_unseen
from narrator.flow import Viewport

SMALL = (Viewport(320, 320, framing="face"), Viewport(400, 600, framing="signer"))
INTO_THE_HEAD = np.float32([0, 40, -60])


@pytest.fixture(scope="module")
def stuffed() -> Presenter:
    """The default presenter with one of its eyes a second time, in the middle of the head."""
    whole = presenter(DEFAULT)
    eye = whole.part("eye_left")
    inner = replace(eye, name="inner", vertices=eye.vertices - eye.vertices.mean(axis=0) + INTO_THE_HEAD)
    return replace(whole, parts=(*whole.parts, inner))


@pytest.fixture(scope="module")
def thin(stuffed: Presenter) -> Presenter:
    return without_unseen(stuffed, SMALL)


def test_what_lies_inside_the_head_is_gone(stuffed: Presenter, thin: Presenter) -> None:
    assert {part.name for part in stuffed.parts} - {part.name for part in thin.parts} == {"inner"}


@pytest.mark.parametrize(("yaw_deg", "pitch_deg", "eyelid"), [(0, 0, 0), (10, -5, 1), (-10, 8, 0)])
def test_pictures_stay_the_same(thin: Presenter, yaw_deg: float, pitch_deg: float, eyelid: float) -> None:
    values = REST.copy()
    for name, value in (("head_yaw_deg", yaw_deg), ("head_pitch_deg", pitch_deg), ("eyelid_left", eyelid)):
        values[INDEX[name]] = value
    one, other = (
        Renderer(each, SMALL[0]).draw(MotionFrame(0.0, "", values)).astype(int) for each in (presenter(DEFAULT), thin)
    )
    assert np.abs(one - other).max(axis=2).mean() < 0.5


def test_named_points_keep_their_places(stuffed: Presenter, thin: Presenter) -> None:
    before, after = stuffed.part("skin").vertices, thin.part("skin").vertices
    for name, value in stuffed.indices.items():
        np.testing.assert_array_equal(after[thin.indices[name]], before[value])
