"""Teeth are two rows of separate crowns whose central edges lie where the geometry says."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.teeth import tooth_row, tooth_texture
from benchmarks.colour import lightness


@pytest.mark.parametrize("is_upper", [True, False])
def test_the_central_edge_lies_at_the_origin(is_upper: bool) -> None:
    row = tooth_row(is_upper)
    central = row.vertices[np.abs(row.vertices[:, 0]) < 5]
    edge = central[:, 1].min() if is_upper else central[:, 1].max()
    assert abs(edge) < 0.05


@pytest.mark.parametrize("is_upper", [True, False])
def test_a_row_is_symmetric(is_upper: bool) -> None:
    vertices = tooth_row(is_upper).vertices
    half = len(vertices) // 2
    np.testing.assert_allclose(vertices[:half] * [-1, 1, 1], vertices[half:], atol=1e-4)


def test_teeth_further_back_are_darker() -> None:
    row = tooth_row(is_upper=True)
    front, back = row.vertices[:, 2] > -3, row.vertices[:, 2] < -20
    assert row.shade[front].min() > row.shade[back].max()


def test_enamel_is_bright_enough_to_be_seen() -> None:
    texture = tooth_texture()
    middle_of_crown = texture[70:120, 16:48, :3].reshape(-1, 3)
    assert lightness(middle_of_crown.mean(axis=0)) >= 80


@pytest.mark.parametrize("is_upper", [True, False])
def test_crowns_show_their_fronts(is_upper: bool) -> None:
    row = tooth_row(is_upper)
    corners = row.vertices[row.triangles]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    on_front = row.uv[row.triangles][:, :, 1].max(axis=1) < 1.0
    assert (normal[on_front, 2] > 0).mean() > 0.9
