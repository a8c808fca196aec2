"""A mesh in, the same surface with fewer triangles out: where it is flat, one triangle does for many.

Half-edge collapses in the order of their quadric error (Garland and Heckbert, SIGGRAPH 1997): a point is laid onto a
neighbour, so every point that stays keeps its place, its texture coordinates and whatever else belongs to it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

LEAST_TURN = 0.85
"""Cosine between a triangle's normal before and after: no collapse may fold or crease the surface."""
SLIMMEST = 0.12
"""A triangle's height over its longest side may not fall below this."""


@dataclass
class _Mesh:
    points: Doubles
    uv: Doubles
    corners: dict[int, tuple[int, int, int]]
    """Triangle to its points."""
    around: list[set[int]] = field(default_factory=list)
    """Point to its triangles."""


def thin_out(
    points: Doubles, triangles: Ints, uv: Doubles, keep: npt.NDArray[np.bool_], error_mm: float, longest_mm: float
) -> tuple[Ints, Ints]:
    """(points that stay (K,), triangles (T, 3) over them).

    points (V, 3) mm; keep (V,) marks points that must stay, points on a rim stay anyway; error_mm is how far the
    surface may move; no edge grows beyond longest_mm.
    """
    mesh = _Mesh(points, uv, {t: (int(a), int(b), int(c)) for t, (a, b, c) in enumerate(triangles)})
    mesh.around = [set() for _ in points]
    for t, corner in mesh.corners.items():
        for point in corner:
            mesh.around[point].add(t)
    fixed = keep | _on_rim(triangles, len(points))
    quadrics = _quadrics(points, triangles)
    queue = [entry for point in np.flatnonzero(~fixed) for entry in _offers(mesh, quadrics, int(point), longest_mm)]
    heapq.heapify(queue)
    gone = np.zeros(len(points), bool)
    while queue:
        cost, point, onto = heapq.heappop(queue)
        if gone[point] or gone[onto] or cost > error_mm**2 or not _may_collapse(mesh, point, onto):
            continue
        neighbours = _neighbours(mesh, point)
        if (
            onto not in neighbours
            or _reach(mesh, onto, neighbours) > longest_mm
            or cost < _cost(quadrics[point], points[onto]) - 1e-12
        ):
            continue
        _collapse(mesh, point, onto)
        gone[point] = True
        quadrics[onto] = quadrics[onto] + quadrics[point]
        for near in neighbours:
            if not fixed[near] and not gone[near]:
                for entry in _offers(mesh, quadrics, near, longest_mm):
                    heapq.heappush(queue, entry)
    return _compacted(mesh, len(points))


def _compacted(mesh: _Mesh, count: int) -> tuple[Ints, Ints]:
    left = np.array([mesh.corners[t] for t in sorted(mesh.corners)], np.int32)
    stay = np.unique(left)
    place = np.full(count, -1, np.int32)
    place[stay] = np.arange(len(stay))
    return stay.astype(np.int32), place[left]


def _on_rim(triangles: Ints, count: int) -> npt.NDArray[np.bool_]:
    edges = np.sort(np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1)
    unique, uses = np.unique(edges, axis=0, return_counts=True)
    rim = np.zeros(count, bool)
    rim[unique[uses == 1].ravel()] = True
    return rim


def _quadrics(points: Doubles, triangles: Ints) -> Doubles:
    """(V, 4, 4): sum of squared distances to the planes of a point's triangles, each weighted alike."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
    plane = np.concatenate([normal, -(normal * a).sum(axis=1, keepdims=True)], axis=1)
    outer = plane[:, :, None] * plane[:, None, :]
    quadrics = np.zeros((len(points), 4, 4))
    for k in range(3):
        np.add.at(quadrics, triangles[:, k], outer)
    return quadrics


def _cost(quadric: Doubles, at: Doubles) -> float:
    place = np.append(at, 1.0)
    return float(place @ quadric @ place)


def _offers(mesh: _Mesh, quadrics: Doubles, point: int, longest_mm: float) -> list[tuple[float, int, int]]:
    """The ways in which a point may be laid onto a neighbour, with their cost."""
    ring = _neighbours(mesh, point)
    return [
        (_cost(quadrics[point], mesh.points[onto]), point, onto)
        for onto in sorted(ring)
        if _reach(mesh, onto, ring) <= longest_mm
    ]


def _reach(mesh: _Mesh, onto: int, ring: set[int]) -> float:
    """Longest edge from a point to a ring of others, mm."""
    return float(np.linalg.norm(mesh.points[sorted(ring)] - mesh.points[onto], axis=1).max())


def _neighbours(mesh: _Mesh, point: int) -> set[int]:
    return {other for t in mesh.around[point] for other in mesh.corners[t]} - {point}


def _may_collapse(mesh: _Mesh, point: int, onto: int) -> bool:
    """True when the surface stays a surface, on the body and on the texture, and nothing folds or gets slim."""
    shared = mesh.around[point] & mesh.around[onto]
    if len(shared) != 2 or len(_neighbours(mesh, point) & _neighbours(mesh, onto)) != 2:
        return False
    for t in mesh.around[point] - shared:
        before = [mesh.corners[t][k] for k in range(3)]
        after = [onto if corner == point else corner for corner in before]
        normal, turned = (_normal(mesh.points[corners]) for corners in (before, after))
        length, new_length = np.linalg.norm(normal), np.linalg.norm(turned)
        if new_length < 1e-9 or float(normal @ turned) < LEAST_TURN * float(length * new_length):
            return False
        sides = np.linalg.norm(np.diff(mesh.points[[*after, after[0]]], axis=0), axis=1)
        if new_length / sides.max() ** 2 < SLIMMEST:
            return False
        if _area(mesh.uv[before]) * _area(mesh.uv[after]) <= 0:
            return False
    return True


def _normal(corners: Doubles) -> Doubles:
    return np.asarray(np.cross(corners[1] - corners[0], corners[2] - corners[0]))


def _area(corners: Doubles) -> float:
    side, other = corners[1] - corners[0], corners[2] - corners[0]
    return float(side[0] * other[1] - side[1] * other[0])


def _collapse(mesh: _Mesh, point: int, onto: int) -> None:
    for t in list(mesh.around[point]):
        corners = mesh.corners[t]
        if onto in corners:
            for corner in corners:
                mesh.around[corner].discard(t)
            del mesh.corners[t]
        else:
            a, b, c = (onto if corner == point else corner for corner in corners)
            mesh.corners[t] = (a, b, c)
            mesh.around[onto].add(t)
    mesh.around[point].clear()
