"""A point as seen from the front in, its place on the skin and on the skin's map out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.sculpt_skin import Skin

Doubles = npt.NDArray[np.float64]

FACE_FROM_Z = -70.0
"""Skin farther back is no face."""


class FrontFinder:
    """Looks straight at the face, as the painter does."""

    def __init__(self, skin: Skin) -> None:
        corners = skin.points[skin.triangles]
        area = np.cross(corners[:, 1, :2] - corners[:, 0, :2], corners[:, 2, :2] - corners[:, 0, :2])
        front = (area > 1e-6) & (corners[:, :, 2].min(axis=1) > FACE_FROM_Z)
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
        """Points off the face take the plane of the triangle they miss least."""
        a, b, c = (self._corners[:, k, :2] for k in range(3))
        found = np.empty((len(points), 5))
        for i, p in enumerate(points):
            wa = np.cross(b - p, c - p) / self._area
            wb = np.cross(c - p, a - p) / self._area
            wc = 1 - wa - wb
            inside = np.minimum(np.minimum(wa, wb), wc)
            hits = np.flatnonzero(inside > -1e-6)
            depth = self._corners[hits, :, 2].mean(axis=1)
            k = int(hits[np.argmax(depth)]) if len(hits) else int(np.argmax(inside))
            found[i] = wa[k] * self._values[k, 0] + wb[k] * self._values[k, 1] + wc[k] * self._values[k, 2]
        return found
