"""The light comes from in front, and no material is left without a table."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.lighting import LIGHT_TABLE_SIDE, SURFACES, light_table
from avatar.render.presenter import MATERIALS


def test_every_material_has_its_surface() -> None:
    assert set(SURFACES) == set(MATERIALS)


@pytest.mark.parametrize("material", MATERIALS)
def test_no_direction_is_dark_or_blown_out(material: str) -> None:
    table = light_table(material)
    axis = (np.arange(LIGHT_TABLE_SIDE) + 0.5) / LIGHT_TABLE_SIDE * 2 - 1
    inside = np.hypot(*np.meshgrid(axis, axis)) < 0.95
    assert table.shape == (LIGHT_TABLE_SIDE, LIGHT_TABLE_SIDE, 4)
    assert table[inside, :3].min() > 0.3
    assert table[inside, :3].max() < 1.35


def test_a_surface_that_faces_the_viewer_is_lit_better_than_its_flanks() -> None:
    table = light_table("skin")[..., :3].mean(axis=2)
    middle = LIGHT_TABLE_SIDE // 2
    assert table[middle, middle] > table[middle, 4]
    assert table[middle, middle] > table[4, middle]
