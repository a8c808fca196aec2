"""Many frames drawn at once, in torch, are the pictures that one core draws one after the other."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.presenters.library import presenter, presenter_names
from avatar.render.batch.batch_renderer import BatchRenderer
from avatar.render.renderer import Renderer
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose

MEAN_LIMIT = 1.0
"""Levels out of 255, over a whole picture."""
OPEN = {"jaw_drop_mm": 12.0, "lip_height_mm": 13.0, "inner_width": 0.72, "upper_teeth_mm": 1.5, "smile": 0.4}
TURNED = {**OPEN, "head_yaw_deg": 8.0, "head_pitch_deg": -4.0, "head_roll_deg": 3.0, "eyelid_left": 0.6}


@pytest.mark.parametrize("framing", ["face", "mouth", "signer"])
@pytest.mark.parametrize("name", presenter_names())
def test_a_batch_holds_the_same_pixels(name: str, framing: str, pose: Pose) -> None:
    frames = [pose(), pose(**OPEN), pose(**TURNED)]
    renderer = Renderer(presenter(name), Viewport(200, 160, framing=framing))
    one_by_one = np.stack([renderer.draw(frame).copy() for frame in frames])
    at_once = BatchRenderer(renderer, "cpu").draw(frames)
    difference = np.abs(one_by_one.astype(int) - at_once.astype(int))
    assert difference.mean(axis=(1, 2, 3)).max() <= MEAN_LIMIT
    assert (difference > 24).mean() < 1e-3


def test_open_mouths_that_are_drawn_finer_are_so_in_a_batch(pose: Pose) -> None:
    frames = [pose(**OPEN), pose(), pose(**TURNED)]
    renderer = Renderer(presenter(presenter_names()[0]), Viewport(800, 520))
    one_by_one, places = [], []
    for frame in frames:
        one_by_one.append(renderer.draw(frame).copy())
        places.append(renderer.drawn_finer())
    at_once = BatchRenderer(renderer, "cpu").draw(frames)
    assert [place is not None for place in places] == [True, False, True]
    for one, other, place in zip(one_by_one, at_once, places, strict=True):
        left, right, top, bottom = place or (0, 800, 0, 520)
        difference = np.abs(one.astype(int) - other.astype(int))[top:bottom, left:right]
        assert difference.mean() <= MEAN_LIMIT
        assert (difference > 24).mean() < 5e-3


def test_the_same_batch_gives_the_same_pixels(pose: Pose) -> None:
    batch = BatchRenderer(Renderer(presenter(presenter_names()[0]), Viewport(120, 120)), "cpu")
    frames = [pose(**OPEN), pose(**TURNED)]
    first, second = batch.draw(frames).copy(), batch.draw(frames)
    np.testing.assert_array_equal(first, second)
