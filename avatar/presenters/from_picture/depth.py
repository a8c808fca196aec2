"""A face's measured points and its pose in, how deep any place of the person lies out, mm.

The face has its own measured depth; round it the surface eases onto an average skull, and below onto neck and chest.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.pose import Pose
from avatar.studio.average_face import AverageFace

Doubles = npt.NDArray[np.float64]

OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""The face's outline in FaceMesh's numbers."""
SKULL_CENTRE = np.array([0.0, 76.0, -92.0])
SKULL_RADII = np.array([80.0, 106.0, 98.0])
"""Head 148 mm wide and 190 mm long (Farkas 1994), with its hair."""
NECK_DEPTH_MM = -52.0
"""Neck and chest lie here: they do not turn, so their shape is never seen."""
NECK_FROM_MM, NECK_TO_MM = -18.0, -66.0
"""Heights in head space between which skull gives way to neck."""
EASE_MM = 30.0
"""From the face's outline the surface reaches the skull's depth within this distance."""
SMOOTHING_MM = 0.8
"""How far the depth may stay off a measured point, where points disagree."""
STEEPEST = 0.18
"""Points whose surface turns from the viewer further than this cosine are left out: the picture hardly shows them."""


class Depth:
    """The depth of one person."""

    def __init__(self, plane: Doubles, depth: Doubles, average: AverageFace, pose: Pose) -> None:
        """plane (478, 2) and depth (478,): where the picture shows FaceMesh's points, mm."""
        self._pose = pose
        self.oval: Doubles = plane[list(OVAL)]
        seen = _seen(plane, depth, average)
        self._places, self._weights = _fit(plane[seen], depth[seen])

    def outside(self, plane: Doubles) -> tuple[Doubles, Doubles]:
        """(N,) mm from the face's outline, negative within, and (N, 2) the outline's nearest place."""
        start, end = self.oval, np.roll(self.oval, -1, axis=0)
        along = end - start
        share = ((plane[:, None] - start) * along).sum(-1) / (along * along).sum(-1)
        feet = start + np.clip(share, 0, 1)[..., None] * along
        distance = np.linalg.norm(plane[:, None] - feet, axis=2)
        nearest = distance.argmin(axis=1)
        row = np.arange(len(plane))
        contour = self.oval.astype(np.float32).reshape(-1, 1, 2)
        inside = np.array([cv2.pointPolygonTest(contour, (float(x), float(y)), False) > 0 for x, y in plane])
        return np.where(inside, -1, 1) * distance[row, nearest], feet[row, nearest]

    def at(self, plane: Doubles) -> Doubles:
        """(N,) the camera's z, mm, of places (N, 2) on the plane."""
        away, foot = self.outside(plane)
        base = self._base(plane)
        edge = self._face(foot)
        t = np.clip(away / EASE_MM, 0, 1)
        eased = edge + (base - edge) * (t * t * (3 - 2 * t))
        return np.where(away <= 0, self._face(plane), eased)

    def _face(self, plane: Doubles) -> Doubles:
        return _design(plane, self._places) @ self._weights

    def _base(self, plane: Doubles) -> Doubles:
        """Skull above, neck and chest below."""
        start = self._pose.head_of_plane(plane, np.zeros(len(plane)))
        forward = self._pose.turn[2]
        a = (forward / SKULL_RADII) @ (forward / SKULL_RADII)
        from_centre = (start - SKULL_CENTRE) / SKULL_RADII
        b = from_centre @ (forward / SKULL_RADII)
        c = (from_centre**2).sum(axis=1) - 1
        skull = (-b + np.sqrt(np.maximum(b * b - a * c, 0))) / a
        t = np.clip((NECK_FROM_MM - start[:, 1]) / (NECK_FROM_MM - NECK_TO_MM), 0, 1)
        return np.asarray(skull + (NECK_DEPTH_MM - skull) * (t * t * (3 - 2 * t)), np.float64)


def _seen(plane: Doubles, depth: Doubles, average: AverageFace) -> npt.NDArray[np.int64]:
    """FaceMesh's points that face the viewer."""
    points = np.column_stack([plane, depth])[: len(average.points)]
    corners = points[average.triangles]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    at = np.zeros_like(points)
    for k in range(3):
        np.add.at(at, average.triangles[:, k], normal)
    at /= np.linalg.norm(at, axis=1, keepdims=True) + 1e-9
    keep = at[:, 2] > STEEPEST
    keep[list(OVAL)] = True
    return np.flatnonzero(keep)


def _fit(places: Doubles, depth: Doubles) -> tuple[Doubles, Doubles]:
    """A surface through the points: radial functions |r| and a plane, a little smoothed."""
    count = len(places)
    system = np.zeros((count + 3, count + 3))
    design = _design(places, places)
    system[:count] = design
    system[:count, :count] -= SMOOTHING_MM * np.eye(count)
    system[count:, :count] = design[:, count:].T
    weights = np.linalg.solve(system, np.concatenate([depth, np.zeros(3)]))
    return places, weights


def _design(places: Doubles, centres: Doubles) -> Doubles:
    """(N, C + 3)."""
    reach = np.linalg.norm(places[:, None] - centres[None], axis=2)
    return np.hstack([reach, np.ones((len(places), 1)), places])
