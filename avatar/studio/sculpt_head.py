"""A sculpted face in, the coarse net of the whole skin with a flat map of it out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.loop_subdivision import boundary_loops
from avatar.studio.person import Build
from avatar.studio.sculpt_face import INSIDE_LIPS
from avatar.studio.torso import trunk_point

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

SKULL_CENTRE = np.array([0.0, 76.0, -92.0])
SKULL_RADII = np.array([74.0, 100.0, 97.0])
"""Head 148 mm wide and 190 mm long, its top 112 mm above the eyes (Farkas 1994, women, rounded)."""
SKULL_POLE = np.array([0.0, -0.25, -1.0])
"""Where the rings over the skull run together, at the back."""
SKULL_STEPS = (0.05, 0.12, 0.22, 0.34, 0.48, 0.62, 0.76)
NECK_TOP_FRONT_Y, NECK_TOP_SIDE_Y = -60.0, -18.0
"""Height where the underside of the jaw meets the neck, in front and under the ear."""
NECK_STEPS_Y = (-76.0, -97.0, -126.0, -176.0)
"""Heights of the rings down the neck and onto the chest, in front; at the sides they lie higher."""
SUNK_MM = (-1.5, -8.0)
"""The skin lies this far under the trunk's surface, in front and at the sides: under the shirt."""
SHIRT_FROM_Y = -86.0
RINGS = 7
OVAL_TOP, OVAL_CHIN = 10, 152
NECK_ANGLES_DEG = {152: 0, 148: 10, 176: 20, 149: 31, 150: 43, 136: 56, 172: 70, 58: 84, 132: 97, 93: 108}
"""Which way each point of the jaw's outline looks on the neck; right side."""
NECK_SHARE = {93: 0.6}
"""Points between skull and neck: share of the neck's path."""
SPLIT_RING = 3
SPLIT_BETWEEN = ({234, 93}, {454, 323})
"""Behind the ears the skull's and the neck's rings part; hair covers the gap."""
MAP_RADIUS_MM = 88.0
MAP_AXIS_Z = -92.0
NOSE_BOX = (17.5, 18.0, 34.0)
"""Half width, lowest and highest y of the map's part that is spread, mm."""
RELAX_ROUNDS = 60
MAP_SQUEEZE = (0.35, 1.0)
"""The flat map leaves little room at the sides, which hair covers."""
MAP_SHARE_NECK, MAP_SHARE_SKULL = 0.72, 0.30
"""Neck and skull get less of the texture than the face."""


@dataclass(frozen=True, slots=True)
class CoarseHead:
    """Points 0..467 keep FaceMesh's numbers; unused ones are dropped later."""

    points: Doubles
    triangles: Ints
    flat: Doubles
    """(V, 2) mm on the flattened skin, x right, y down."""
    follow: Doubles
    """(V,) 1 head .. 0 shoulders."""


def coarse_head(face: Doubles, triangles: Ints, mirror: Ints, build: Build) -> CoarseHead:
    """Adds rings round the face: over the skull above, under the jaw and down the neck below."""
    kept = triangles[~np.isin(triangles, sorted(INSIDE_LIPS)).any(axis=1)]
    oval = next(loop for loop in boundary_loops(kept) if OVAL_TOP in loop and OVAL_CHIN in loop)
    paths = [_path(i, face, mirror, build) for i in oval]  # (36, RINGS, 3)
    rings = np.array(paths).transpose(1, 0, 2)
    points = np.concatenate([face, rings.reshape(-1, 3)])
    count, columns = len(face), len(oval)
    numbers = np.concatenate([[oval], count + np.arange(RINGS * columns).reshape(RINGS, columns)])
    added = []
    for k in range(RINGS):
        for c in range(columns):
            d = (c + 1) % columns
            if k >= SPLIT_RING and {oval[c], oval[d]} in SPLIT_BETWEEN:
                continue
            a, b, e, f = numbers[k, c], numbers[k, d], numbers[k + 1, c], numbers[k + 1, d]
            added += [(b, a, e), (b, e, f)] if c < columns // 2 else [(b, a, f), (a, e, f)]
    flat = _relaxed(_flat(face, rings, oval), points, kept)
    follow = np.ones(len(points))
    y = points[count:, 1]
    follow[count:] = np.clip((y + 110) / (110 - 36), 0, 1)
    follow = follow * follow * (3 - 2 * follow)
    return CoarseHead(points, np.concatenate([kept, np.array(added, np.int32)]).astype(np.int32), flat, follow)


def _path(i: int, face: Doubles, mirror: Ints, build: Build) -> Doubles:
    right = i if i in NECK_ANGLES_DEG else int(mirror[i])
    if right not in NECK_ANGLES_DEG:
        return _over_skull(face[i])
    angle = np.radians(NECK_ANGLES_DEG[right]) * (1 if face[i, 0] > 0 else -1)
    share = NECK_SHARE.get(right, 1.0)
    return share * _down_neck(face[i], angle, build) + (1 - share) * _over_skull(face[i])


def _over_skull(start: Doubles) -> Doubles:
    """From the face's outline along the skull's ellipsoid towards the pole."""
    unit = (start - SKULL_CENTRE) / SKULL_RADII
    radius = np.linalg.norm(unit)
    unit /= radius
    pole = SKULL_POLE / np.linalg.norm(SKULL_POLE)
    angle = np.arccos(np.clip(unit @ pole, -1, 1))
    path = []
    for k, t in enumerate(SKULL_STEPS):
        direction = (np.sin((1 - t) * angle) * unit + np.sin(t * angle) * pole) / np.sin(angle)
        swell = radius + (1 - radius) * min((k + 1) / 3, 1.0)
        path.append(SKULL_CENTRE + direction * swell * SKULL_RADII)
    return np.array(path)


def _down_neck(start: Doubles, angle: float, build: Build) -> Doubles:
    """From the jaw's edge along its underside, down the neck and onto the chest."""
    side = np.sin(angle) ** 2
    top_y = NECK_TOP_FRONT_Y + (NECK_TOP_SIDE_Y - NECK_TOP_FRONT_Y) * side
    top = trunk_point(build, np.array(angle), np.array(top_y))
    edge = start + np.array([0.0, -4.5, -7.0]) * (1 - 0.8 * side) + np.array([-np.sign(angle) * 3.0, 0, -3.0]) * side
    path = [edge, 0.5 * (edge + top) + np.array([0.0, 4.0, 0.0]) * (1 - side), top]
    for y, lift in zip(NECK_STEPS_Y, (6.0, 4.0, 12.0, 30.0), strict=True):
        sunk = SUNK_MM[0] + SUNK_MM[1] * side * (y < SHIRT_FROM_Y)
        path.append(trunk_point(build, np.array(angle), np.array(y + lift * side), sunk))
    return np.array(path)


def _flat(face: Doubles, rings: Doubles, oval: list[int]) -> Doubles:
    def unroll(points: Doubles) -> Doubles:
        angle = np.arctan2(points[:, 0], points[:, 2] - MAP_AXIS_Z)
        return np.stack([MAP_RADIUS_MM * angle, -points[:, 1]], axis=1)

    centre = np.array([0.0, -45.0])
    inner = unroll(face)
    edge = inner[oval]
    outward = (edge - centre) / np.linalg.norm(edge - centre, axis=1, keepdims=True)
    chain = np.concatenate([face[oval][None], rings])
    length = np.cumsum(np.linalg.norm(np.diff(chain, axis=0), axis=2), axis=0)  # (RINGS, columns)
    is_neck = np.clip((-face[oval, 1] + 30) / 20, 0, 1)
    share = MAP_SHARE_SKULL + (MAP_SHARE_NECK - MAP_SHARE_SKULL) * is_neck
    length = 0.5 * length + 0.5 * length.mean(axis=1, keepdims=True)
    outer = edge[None] + (outward * MAP_SQUEEZE)[None] * (length * share)[..., None]
    return np.concatenate([inner, outer.reshape(-1, 2)])


def _relaxed(flat: Doubles, points: Doubles, triangles: Ints) -> Doubles:
    """Spreads the map under the nose, where unrolling folds it: each point goes to the middle of its neighbours."""
    near: dict[int, set[int]] = {}
    for a, b, c in triangles.tolist():
        for i, others in ((a, (b, c)), (b, (c, a)), (c, (a, b))):
            near.setdefault(i, set()).update(others)
    x, y = np.abs(points[:, 0]), points[:, 1]
    moving = [i for i in sorted(near) if x[i] < NOSE_BOX[0] and NOSE_BOX[1] < y[i] < NOSE_BOX[2]]
    flat = flat.copy()
    for _ in range(RELAX_ROUNDS):
        for i in moving:
            flat[i] = flat[sorted(near[i])].mean(axis=0)
    return flat
