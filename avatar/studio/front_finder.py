"""A point as seen from the front in, its place on the skin and on the skin's map out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.studio.sculpt_skin import Skin

Doubles = npt.NDArray[np.float64]

FACE_FROM_Z = -70.0
"""Skin farther back is no face."""


class FrontFinder:
    """Looks straight at the face, as the painter does."""

    def __init__(self, skin: Skin, from_z: float = FACE_FROM_Z) -> None:
        corners = skin.points[skin.triangles]
        area = np.cross(corners[:, 1, :2] - corners[:, 0, :2], corners[:, 2, :2] - corners[:, 0, :2])
        front = (area > 1e-6) & (corners[:, :, 2].min(axis=1) > from_z)
        self._corners, self._area = corners[front], area[front]
        self._values = np.concatenate([self._corners, skin.uv[skin.triangles[front]]], axis=2)
        self.mm_per_map = skin.mm_per_map

    def place(self, points: npt.ArrayLike) -> Doubles:
        """(n, 2) x and y in mm to (n, 3) on the skin."""
        return self._find(np.asarray(points, np.float64))[:, :3]

    def uv(self, points: npt.ArrayLike) -> Doubles:
        """(n, 2) x and y in mm to (n, 2) map places."""
        return self._find(np.asarray(points, np.float64))[:, 3:]

    def _find(self, points: Doubles) -> Doubles:
        """(n, 5): place and map place; points off the face take the plane of the triangle they miss least."""
        triangle, weights = _looked_up(points, self._corners, self._area)
        found: Doubles = np.einsum("nk,nkv->nv", weights, self._values[triangle])
        return found


@njit(cache=False)
def _looked_up(points: Doubles, corners: Doubles, area: Doubles) -> tuple[npt.NDArray[np.int64], Doubles]:
    """For each point the nearest triangle before it, or the one it misses least, and its weights there."""
    chosen, weights = np.zeros(len(points), np.int64), np.zeros((len(points), 3))
    for i in range(len(points)):
        x, y = points[i, 0], points[i, 1]
        best_depth, best_miss = -1e9, -1e9
        for t in range(len(corners)):
            ax, ay, bx, by = corners[t, 0, 0] - x, corners[t, 0, 1] - y, corners[t, 1, 0] - x, corners[t, 1, 1] - y
            cx, cy = corners[t, 2, 0] - x, corners[t, 2, 1] - y
            wa, wb = (bx * cy - by * cx) / area[t], (cx * ay - cy * ax) / area[t]
            wc = 1 - wa - wb
            inside = min(wa, wb, wc)
            depth = corners[t, 0, 2] + corners[t, 1, 2] + corners[t, 2, 2]
            is_inside = inside > -1e-6
            if is_inside and depth <= best_depth or not is_inside and (best_depth > -1e9 or inside <= best_miss):
                continue
            if is_inside:
                best_depth = depth
            best_miss = max(best_miss, inside)
            chosen[i] = t
            weights[i] = (wa, wb, wc)
    return chosen, weights
