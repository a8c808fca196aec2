"""A thinned mesh is the same surface: nothing kept is lost, and only flat places give up triangles."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.thin_out import thin_out

SIDE = 21
Doubles = npt.NDArray[np.float64]


def sheet(height: npt.ArrayLike = 0.0) -> tuple[Doubles, npt.NDArray[np.int32], Doubles]:
    """A grid of 1 mm squares facing +z, and its texture coordinates."""
    x, y = np.meshgrid(np.arange(SIDE, dtype=float), np.arange(SIDE, dtype=float))
    points = np.stack([x, y, np.broadcast_to(height, x.shape)], -1).reshape(-1, 3)
    index = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    a, b, c, d = index[:-1, :-1].ravel(), index[:-1, 1:].ravel(), index[1:, :-1].ravel(), index[1:, 1:].ravel()
    triangles = np.vstack([np.stack([a, b, c], 1), np.stack([b, d, c], 1)]).astype(np.int32)
    return points, triangles, points[:, :2] / (SIDE - 1)


NOBODY = np.zeros(SIDE * SIDE, bool)


def area(points: Doubles, triangles: npt.NDArray[np.int32]) -> float:
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return float(np.cross(b - a, c - a)[:, 2].sum() / 2)


def test_a_flat_sheet_keeps_its_rim_and_its_area_with_far_fewer_triangles() -> None:
    points, triangles, uv = sheet()
    stay, left = thin_out(points, triangles, uv, NOBODY, 0.1, 50.0)
    assert len(left) < len(triangles) / 3
    assert abs(area(points[stay], left) - area(points, triangles)) < 1e-6
    rim = (points[:, :2] == 0).any(axis=1) | (points[:, :2] == SIDE - 1).any(axis=1)
    assert set(np.flatnonzero(rim)) <= set(stay)


def test_points_to_keep_are_kept() -> None:
    points, triangles, uv = sheet()
    keep = NOBODY.copy()
    keep[[110, 220, 330]] = True
    stay, _ = thin_out(points, triangles, uv, keep, 0.1, 50.0)
    assert {110, 220, 330} <= set(stay)


def test_no_edge_grows_beyond_the_longest() -> None:
    points, triangles, uv = sheet()
    stay, left = thin_out(points, triangles, uv, NOBODY, 0.1, 4.0)
    corners = points[stay][left]
    assert np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max() <= 4.0 + 1e-9


def test_no_triangle_turns_over() -> None:
    hills = np.sin(np.arange(SIDE) / 3.0)[:, None] * np.cos(np.arange(SIDE) / 4.0)
    points, triangles, uv = sheet(hills)
    stay, left = thin_out(points, triangles, uv, NOBODY, 0.05, 50.0)
    a, b, c = (points[stay][left[:, k]] for k in range(3))
    assert np.cross(b - a, c - a)[:, 2].min() > 0


def test_what_is_bent_keeps_more_than_what_is_flat() -> None:
    bumps = np.sin(np.arange(SIDE))[:, None] * np.sin(np.arange(SIDE))
    flat, bent = (len(thin_out(*sheet(height), NOBODY, 0.05, 50.0)[1]) for height in (0.0, bumps))
    assert bent > 2 * flat


def test_each_point_may_have_an_allowance_of_its_own() -> None:
    points, triangles, uv = sheet()
    longest = np.where(points[:, 0] < SIDE / 2, 2.0, 50.0)
    stay, _ = thin_out(points, triangles, uv, NOBODY, 0.1, longest)
    fine, coarse = (int(((points[stay][:, 0] < SIDE / 2) == side).sum()) for side in (True, False))
    assert fine > 2 * coarse
