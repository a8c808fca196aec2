"""Holes in a picture take the colours round them and the grain of the rest."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.presenters.from_picture.fill import flow_in, grain, grain_spread


def test_a_hole_takes_colours_between_those_on_its_sides() -> None:
    image = np.tile(np.linspace(0, 200, 80, dtype=np.float32)[None, :, None], (60, 1, 3))
    known = np.ones((60, 80), np.float32)
    known[10:50, 30:50] = 0
    filled = flow_in(np.where(known[..., None] > 0, image, 255).astype(np.float32), known)
    assert (filled[known > 0] == image[known > 0]).all()
    hole = filled[10:50, 30:50]
    assert hole.min() > 60
    assert hole.max() < 140
    assert hole[20, -1].mean() > hole[20, 0].mean() + 5


def test_grain_is_measured_where_the_picture_is_known_and_laid_alike() -> None:
    rng = np.random.default_rng(2)
    image = np.clip(rng.normal(120, 9, (120, 160, 3)), 0, 255).astype(np.uint8)
    image[:, 80:] = rng.integers(0, 255, (120, 80, 3))
    known = np.tile(np.arange(160) < 76, (120, 1))
    spread = grain_spread(image, known, 0.5)
    assert spread == pytest.approx(9, rel=0.2)
    assert grain(image.shape, spread).std() == pytest.approx(spread.mean(), rel=0.05)


def test_a_picture_of_which_nothing_is_known_has_no_grain() -> None:
    assert (grain_spread(np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8), bool), 1.0) == 0).all()
