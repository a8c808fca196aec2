"""A person in, the finished skin with its map, named points and rings out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.average_face import load_average_face
from avatar.studio.hair_cover import under_hair
from avatar.studio.loop_subdivision import boundary_loops, subdivide
from avatar.studio.person import Person
from avatar.studio.sculpt_face import LIP_CORNERS, sculpt_face
from avatar.studio.sculpt_head import OVAL_CHIN, OVAL_TOP, coarse_head
from avatar.studio.sculpt_lids import Lids, lay_lids

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

SUBDIVISIONS = 2
RIGHT_EYE_CORNERS, LEFT_EYE_CORNERS = (133, 33), (362, 263)
"""Inner and outer corner, FaceMesh's numbers."""
MAP_MARGIN = 0.01
SHIRT_COVERS = (68.0, -92.0)
"""Skin farther out and lower than this lies under the shirt and is left out."""


@dataclass(frozen=True, slots=True)
class Skin:
    """The skin as it is drawn and painted."""

    points: Doubles
    triangles: Ints
    uv: Doubles
    follow: Doubles
    lip_ring: Ints
    lids_right: Lids
    lids_left: Lids
    face: Doubles
    """(468, 3) FaceMesh's points of this face before smoothing: where things are, for painters and rigs."""
    oval: Ints
    mm_per_map: float
    """Width of the texture in mm of flattened skin."""


def sculpt_skin(person: Person) -> Skin:
    """Face, ears' side, neck and the chest above the clothes."""
    eye_centre, eye_radius = person.shape.eye_centre, person.shape.eye_radius
    average = load_average_face()
    face = sculpt_face(average, person.shape.targets)
    head = coarse_head(face, average.triangles, average.mirror, person.build)
    fixed = (*LIP_CORNERS, *RIGHT_EYE_CORNERS, *LEFT_EYE_CORNERS)
    coarse = np.hstack([head.points, head.flat, head.follow[:, None]])
    values, triangles = subdivide(coarse, head.triangles, fixed, SUBDIVISIONS)
    right = np.array(eye_centre)
    left = right * (-1.0, 1.0, 1.0)
    values, triangles, lids_right = lay_lids(values, triangles, right, eye_radius, RIGHT_EYE_CORNERS)
    values, triangles, lids_left = lay_lids(values, triangles, left, eye_radius, LEFT_EYE_CORNERS)
    corners = values[triangles]
    under_shirt = (corners[..., 1].max(axis=1) < SHIRT_COVERS[1]) & (
        np.abs(corners[..., 0]).min(axis=1) > SHIRT_COVERS[0]
    )
    triangles = triangles[~under_hair(person.hair.style, corners) & ~under_shirt]
    used, packed = np.unique(triangles, return_inverse=True)
    renumber = np.full(len(values), -1)
    renumber[used] = np.arange(len(used))
    triangles = packed.reshape(-1, 3).astype(np.int32)
    values = values[used]
    loops = boundary_loops(triangles)
    corner_right, corner_left = int(renumber[LIP_CORNERS[0]]), int(renumber[LIP_CORNERS[1]])
    ring = next(loop for loop in loops if corner_right in loop and corner_left in loop)
    flat = values[:, 3:5]
    size = float(np.ptp(flat, axis=0).max())
    uv = MAP_MARGIN + (flat - (flat.min(axis=0) + flat.max(axis=0)) / 2 + size / 2) / size * (1 - 2 * MAP_MARGIN)
    oval_loop = [int(renumber[i]) for i in _oval(head.triangles, len(face)) if renumber[i] >= 0]
    return Skin(
        points=values[:, :3],
        triangles=triangles,
        uv=uv,
        follow=np.clip(values[:, 5], 0, 1),
        lip_ring=_from_corner_over_top(ring, corner_right, values),
        lids_right=_renumbered(lids_right, renumber),
        lids_left=_renumbered(lids_left, renumber),
        face=face,
        oval=np.array(oval_loop, np.int32),
        mm_per_map=size / (1 - 2 * MAP_MARGIN),
    )


def _oval(triangles: Ints, count: int) -> list[int]:
    inner = triangles[(triangles < count).all(axis=1)]
    return next(loop for loop in boundary_loops(inner) if OVAL_TOP in loop and OVAL_CHIN in loop)


def _from_corner_over_top(ring: list[int], corner: int, values: Doubles) -> Ints:
    """Starts at the viewer's left corner and goes over the upper lip first."""
    start = ring.index(corner)
    turned = ring[start:] + ring[:start]
    if values[turned[1], 1] < values[turned[-1], 1]:
        turned = [turned[0], *turned[1:][::-1]]
    return np.array(turned, np.int32)


def _renumbered(lids: Lids, renumber: npt.NDArray[np.int64]) -> Lids:
    return Lids(*(renumber[ids].astype(np.int32) for ids in (lids.upper, lids.lower, lids.rim)))
