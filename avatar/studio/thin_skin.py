"""The skin as it was painted in, the skin as it is drawn out: fine where it moves, coarse where it is smooth.

What lies on lips, lids and folds keeps every point, since they bend there; round the eyes and on the nose, where light
turns quickly, triangles stay small.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.render.folds import FOLD, FROWN, near_line
from avatar.render.presenter import Part
from avatar.studio.person import Point
from avatar.studio.thin_out import thin_out

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Indices = dict[str, Ints]

SMOOTH_MM = (0.70, 13.0)
"""How far off triangles may be, and how long: less than a pixel of a 720p picture, where the surface is seen from the
front."""
NOSE_MM = (0.45, 9.0)
EYES_MM = (0.15, 5.0)
KEEP_NEAR_LIPS_MM, KEEP_NEAR_LIDS_MM, KEEP_NEAR_FOLDS_MM = 6.0, 2.0, 3.5
EYES_RADIUS_MM = 17.0
NOSE_BOX = (22.0, -8.0, 40.0)
"""Half width, then lowest and highest y against the nose's base, mm."""


def thin_skin(part: Part, indices: Indices, eye_centre: Point, nose_base: Doubles) -> tuple[Part, Indices]:
    """The part with fewer triangles, and the same points under their new numbers; places are those of the person."""
    points = part.vertices.astype(np.float64)
    keep = _kept(points, indices, eye_centre, float(nose_base[1]))
    allowed = np.tile(SMOOTH_MM, (len(points), 1))
    allowed[_on_nose(points, nose_base)] = NOSE_MM
    allowed[_round_eyes(points, eye_centre)] = EYES_MM
    stay, triangles = thin_out(points, part.triangles, part.uv.astype(np.float64), keep, *allowed.T)
    place = np.full(len(points), -1, np.int32)
    place[stay] = np.arange(len(stay))
    thin = Part(
        part.name, part.material, part.vertices[stay], triangles, part.uv[stay], part.texture, part.follow[stay]
    )
    return thin, {name: place[value] for name, value in indices.items()}


def _kept(points: Doubles, indices: Indices, eye_centre: Point, nose_base_y: float) -> Bools:
    """(V,): named points, and whatever lies near lips, lids and folds."""
    keep = np.zeros(len(points), bool)
    keep[np.concatenate([*indices.values()])] = True
    lids = np.concatenate([value for name, value in indices.items() if "_lid_" in name])
    for line, near_mm in ((indices["lip_border"], KEEP_NEAR_LIPS_MM), (lids, KEEP_NEAR_LIDS_MM)):
        keep |= np.linalg.norm(points[:, None] - points[line][None], axis=2).min(axis=1) < near_mm
    front = np.stack([np.abs(points[:, 0]), points[:, 1]], axis=1)
    for fold, beside in ((FOLD, nose_base_y), (FROWN, eye_centre[1])):
        near = near_line(front, np.array(fold) + (0.0, beside), KEEP_NEAR_FOLDS_MM) > np.exp(-0.5)
        keep |= near & (points[:, 2] > -40)
    return keep


def _on_nose(points: Doubles, base: Doubles) -> Bools:
    half_width, low, high = NOSE_BOX
    is_high = (points[:, 1] > base[1] + low) & (points[:, 1] < base[1] + high)
    return np.asarray((np.abs(points[:, 0]) < half_width) & is_high)


def _round_eyes(points: Doubles, eye_centre: Point) -> Bools:
    found = np.zeros(len(points), bool)
    for side in (-1.0, 1.0):
        away = points - np.array(eye_centre) * (-side, 1.0, 1.0)
        found |= (np.hypot(away[:, 0], away[:, 1]) < EYES_RADIUS_MM) & (away[:, 2] > 0)
    return found
