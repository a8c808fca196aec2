"""Cloth that is opened at the neckline stays whole below it."""

from __future__ import annotations

import numpy as np

from avatar.studio.sculpt_body import cut, grid_triangles, opened

SIDE = 13


def cloth(off_mm: float) -> tuple[np.ndarray, np.ndarray]:
    """A flat sheet, 10 mm cells, its points so far off the planes in which necklines turn."""
    x, y = np.meshgrid(np.arange(SIDE) * 10.0 - 65 + off_mm, -100 - np.arange(SIDE) * 10.0)
    return np.stack([x.ravel(), y.ravel(), 0 * x.ravel()], axis=1), grid_triangles(SIDE, SIDE)


def rim(points: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(E, 3): middles of the edges that one triangle alone has."""
    edges = np.sort(np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    unique, uses = np.unique(edges, axis=0, return_counts=True)
    middles: np.ndarray = points[unique[uses == 1]].mean(axis=1)
    return middles


def test_no_slit_is_left_where_the_neckline_turns() -> None:
    for off_mm in (0.0, 1e-5, 0.01, 0.7, 2.5):
        points, triangles = opened(*cloth(off_mm), lambda places: places[:, 1] + 133)
        middles = rim(points, triangles)
        used = points[np.unique(triangles), :2]
        low, high = used.min(axis=0), used.max(axis=0)
        assert np.isclose(high[1], -133)
        on_border = (np.abs(middles[:, :2] - low) < 1e-3).any(axis=1) | (np.abs(middles[:, :2] - high) < 1e-3).any(
            axis=1
        )
        assert on_border.all(), (off_mm, middles[~on_border])


def test_what_lies_on_the_line_is_not_divided() -> None:
    points, triangles = cloth(0.0)
    kept, left = cut(points, triangles, points[:, 0] - 5.0)
    assert len(kept) == len(points)
    assert len(left) == 2 * 7 * (SIDE - 1)
