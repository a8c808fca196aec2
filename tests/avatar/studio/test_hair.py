"""Sheets of hair run along their guides, thin out only where they end, and shine across their strands."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.studio.hair_guides import BOB_RIGHT
from avatar.studio.paint_hair import paint_hair
from avatar.studio.person import Hair
from avatar.studio.sculpt_hair import Sheet, curve_at, mirrored

BROWN = Hair("long", (38, 24, 18), (134, 92, 64), (62, 42, 32), ((-50.0, 80.0), (0.0, 130.0), (50.0, 80.0)), 0.0)
SHEET = Sheet(BOB_RIGHT, (0.0, 1.0))


def test_a_curve_goes_through_its_knots() -> None:
    knots = np.array([(0.0, 0), (1, 4), (3, 5), (7, 2)])
    np.testing.assert_allclose(curve_at(knots, np.linspace(0, 1, 4)), knots, atol=1e-9)


@pytest.mark.parametrize("sheet", [SHEET, Sheet(mirrored(BOB_RIGHT), (0.0, 1.0), is_left=True)])
def test_a_sheet_shows_its_outside(sheet: Sheet) -> None:
    mesh = sheet.mesh()
    corners = mesh.points[mesh.triangles]
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    away = corners.mean(axis=1) - (0.0, 60.0, -92.0)
    assert ((outward * away).sum(axis=1) > 0).mean() > 0.95


@pytest.fixture(scope="module")
def painted() -> np.ndarray:
    return paint_hair([SHEET], BROWN, 3)


def test_most_of_the_hair_is_opaque_and_tips_and_the_edge_at_the_face_are_not(painted: np.ndarray) -> None:
    alpha = painted[..., 3]
    assert (alpha == 255).mean() > 0.85
    assert alpha[-4:].max() < 128
    assert alpha[300:900, 0].mean() < 128
    assert alpha[100:900, 200:].min() == 255


def test_a_highlight_lies_across_the_strands(painted: np.ndarray) -> None:
    along_strands = painted[200:800, 300:1900, :3].mean(axis=(1, 2))
    assert along_strands.max() > 1.15 * along_strands.min()
