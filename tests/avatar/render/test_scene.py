"""A scene holds nothing twice, shows what is not hidden, and forgets the frame before."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.drawing_memory import FAR
from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose

SMALL = Viewport(160, 120)


@pytest.fixture(scope="module")
def renderer(ada: Presenter) -> Renderer:
    return Renderer(ada, SMALL)


def test_twins_share_textures_and_have_vertices_of_their_own(ada: Presenter, renderer: Renderer) -> None:
    twin = Renderer(ada, SMALL, renderer)
    for one, other in zip(renderer.layers, twin.layers, strict=True):
        assert np.shares_memory(one.texture, other.texture)
        assert not np.shares_memory(one.attributes, other.attributes)


def test_twins_draw_the_same_picture_whatever_the_other_draws(ada: Presenter, renderer: Renderer, pose: Pose) -> None:
    twin = Renderer(ada, SMALL, renderer)
    asked, other = pose(lip_height_mm=8.0, inner_width=0.7, jaw_drop_mm=8.0), pose(head_yaw_deg=9.0)
    picture = renderer.draw(asked).copy()
    twin.draw(other)
    np.testing.assert_array_equal(renderer.draw(asked), picture)
    np.testing.assert_array_equal(twin.draw(asked), picture)


def test_nothing_of_the_frame_before_is_left(ada: Presenter, renderer: Renderer, pose: Pose) -> None:
    aside, ahead = pose(head_yaw_deg=25.0, weight_shift_mm=9.0), pose()
    fresh = Renderer(ada, SMALL)
    picture, owner = fresh.draw(ahead).copy(), fresh.owner.copy()
    renderer.draw(aside)
    np.testing.assert_array_equal(renderer.draw(ahead), picture)
    np.testing.assert_array_equal(renderer.owner, owner)


def test_depth_tells_the_nose_from_the_ear_and_the_wall(renderer: Renderer, pose: Pose) -> None:
    depth = renderer.opaque_depth(pose())
    assert depth[0, 0] == FAR
    assert depth[60, 80] > depth[60, 62] > FAR
