"""The mouth's meshes are whole, and its textures bright and dark where reading needs it."""

from __future__ import annotations

import numpy as np

from avatar.render.mouth import CAVITY_COLOUR, Mouth, lip_texture
from avatar.render.presenter import Presenter
from benchmarks.colour import lightness
from tests.avatar.render.conftest import Pose


def test_every_part_has_finite_vertices_for_all_its_triangles(ada: Presenter, pose: Pose) -> None:
    mouth = Mouth(ada)
    posed = mouth.vertices(mouth.pose(pose(jaw_drop_mm=12.0, lip_height_mm=13.0, inner_width=0.7)), pose())
    for part, shade in mouth.parts:
        assert np.isfinite(posed[part.name]).all()
        assert part.triangles.max() < len(posed[part.name]) == len(part.uv) == len(shade)


def test_the_ring_is_the_skins_ring_at_rest(ada: Presenter, pose: Pose) -> None:
    mouth = Mouth(ada)
    ring = mouth.ring(mouth.pose(pose()))
    np.testing.assert_allclose(ring, ada.part("skin").vertices[ada.indices["lip_border"]], atol=0.6)


def test_the_lip_begins_in_the_skins_colour_and_ends_inside_the_mouth() -> None:
    skin = np.full((41, 3), (220.0, 180.0, 160.0))
    texture = lip_texture((176, 72, 78), skin)[:, :, :3].astype(int)
    middle = texture.shape[1] // 2
    assert np.abs(texture[0, middle] - (220, 180, 160)).max() <= 2
    assert lightness(texture[-1, middle]) < lightness(texture[30, middle]) < lightness(texture[0, middle])


def test_the_back_of_the_mouth_is_dark_but_not_black() -> None:
    assert 12 <= lightness(CAVITY_COLOUR) <= 25
