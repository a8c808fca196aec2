"""The mouth's meshes are whole, sewn to the skin, and small enough to be drawn quickly."""

from __future__ import annotations

import numpy as np

from avatar.render.mouth import Mouth
from avatar.render.presenter import Presenter
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


def test_no_part_of_the_mouth_has_more_points_than_its_share(ada: Presenter) -> None:
    most = {"lip_upper": 540, "lip_lower": 540, "teeth_upper": 900, "teeth_lower": 900, "tongue": 350, "cavity": 150}
    assert {part.name: len(part.vertices) <= most[part.name] for part, _ in Mouth(ada).parts} == dict.fromkeys(
        most, True
    )
