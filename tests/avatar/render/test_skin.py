"""The skin follows jaw and lips, near them and not further."""

from __future__ import annotations

import numpy as np

from avatar.render.mouth import Mouth
from avatar.render.presenter import Presenter
from avatar.render.skin import SkinFollow
from tests.avatar.render.conftest import Pose


def moved(ada: Presenter, pose: Pose, **channels: float) -> np.ndarray:
    """(V,) how far each skin vertex went, mm."""
    mouth, follow, skin = Mouth(ada), SkinFollow(ada), ada.part("skin").vertices
    placed = mouth.pose(pose(**channels))
    return np.linalg.norm(follow.pose(skin, placed.jaw_angle, mouth.ring(placed)) - skin, axis=1)


def test_at_rest_nothing_moves(ada: Presenter, pose: Pose) -> None:
    assert moved(ada, pose).max() < 0.7


def test_an_opening_jaw_moves_the_chin_and_leaves_nose_and_brow(ada: Presenter, pose: Pose) -> None:
    way = moved(ada, pose, jaw_drop_mm=13.0, lip_height_mm=14.0, inner_width=0.7, upper_teeth_mm=1.0)
    y = ada.part("skin").vertices[:, 1]
    assert way[y > 40].max() < 0.5
    chin = np.linalg.norm(ada.part("skin").vertices - ada.landmarks["chin"].reshape(3), axis=1).argmin()
    assert way[chin] > 9


def test_neighbours_move_alike(ada: Presenter, pose: Pose) -> None:
    mouth, follow, part = Mouth(ada), SkinFollow(ada), ada.part("skin")
    placed = mouth.pose(pose(jaw_drop_mm=13.0, lip_height_mm=14.0, inner_width=0.7, mouth_width=0.9))
    posed = follow.pose(part.vertices, placed.jaw_angle, mouth.ring(placed))
    edges = part.triangles[:, [0, 1]]
    before = np.linalg.norm(np.diff(part.vertices[edges], axis=1)[:, 0], axis=1)
    after = np.linalg.norm(np.diff(posed[edges], axis=1)[:, 0], axis=1)
    long = before > 1.0
    assert (after[long] / before[long]).max() < 2.5
