"""A smile lifts the cheek and darkens the fold beside the mouth; the resting face is left alone."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.folds import Folds, fold_depth
from avatar.render.presenter import Presenter
from tests.avatar.render.conftest import Pose


@pytest.fixture(scope="module")
def folds(ada: Presenter) -> Folds:
    return Folds(ada.part("skin").vertices, ada)


def test_at_rest_nothing_moves_and_nothing_is_shaded(ada: Presenter, folds: Folds, pose: Pose) -> None:
    skin = ada.part("skin").vertices.copy()
    folds.apply(skin, pose())
    assert (skin == ada.part("skin").vertices).all()
    assert (folds.shade(pose()) == 1).all()


def test_a_smile_lifts_both_cheeks_and_leaves_the_lips_alone(ada: Presenter, folds: Folds, pose: Pose) -> None:
    before = ada.part("skin").vertices
    skin = before.copy()
    folds.apply(skin, pose(smile=1.0))
    way = skin - before
    for side in (-1, 1):
        cheek = np.linalg.norm(before - (side * 36, 20, -8), axis=1) < 8
        assert way[cheek, 1].max() > 0.5
        assert way[cheek, 2].max() > 0.8
    assert np.abs(way[ada.indices["lip_border"]]).max() < 0.4


def test_the_fold_is_darker_the_wider_the_smile_and_the_forehead_is_not(
    ada: Presenter, folds: Folds, pose: Pose
) -> None:
    half, full = folds.shade(pose(smile=0.5)), folds.shade(pose(smile=1.0))
    assert full.min() < half.min() < 0.95
    assert (full[ada.part("skin").vertices[:, 1] > 70] == 1).all()


def test_drawn_brows_shade_the_skin_between_them_only(ada: Presenter, folds: Folds, pose: Pose) -> None:
    shade = folds.shade(pose(brow_furrow=1.0))
    assert shade.min() < 0.96
    assert np.abs(ada.part("skin").vertices[shade < 0.99, 0]).max() < 14


def test_a_spread_mouth_folds_the_cheek_as_a_small_smile_does(pose: Pose) -> None:
    assert 0 < fold_depth(pose(mouth_width=1.12)) < fold_depth(pose(smile=0.8))
    assert fold_depth(pose(mouth_width=0.8)) == 0
