"""A mesh in, the same surface with fewer triangles out: where it is flat, one triangle does for many.

Half-edge collapses in the order of their quadric error (Garland and Heckbert, SIGGRAPH 1997): a point is laid onto a
neighbour, so every point that stays keeps its place, its texture coordinates and whatever else belongs to it.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from operator import mul

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
    places: list[list[float]]
    maps: list[list[float]]
    """Points and their texture coordinates as plain figures: a few at a time, numpy is slower."""
    corners: dict[int, tuple[int, int, int]]
    """Triangle to its points."""
    around: list[set[int]] = field(default_factory=list)
    """Point to its triangles."""


def thin_out(
    points: Doubles,
    triangles: Ints,
    uv: Doubles,
    keep: npt.NDArray[np.bool_],
    error_mm: npt.ArrayLike,
    longest_mm: npt.ArrayLike,
) -> tuple[Ints, Ints]:
    """(points that stay (K,), triangles (T, 3) over them).

    points (V, 3) mm; keep (V,) marks points that must stay, points on a rim stay anyway. For all or for each point that
    goes, (V,): error_mm is how far the surface may move there, and no edge grows beyond longest_mm.
    """
    most = (np.broadcast_to(np.asarray(error_mm, np.float64), len(points)) ** 2).tolist()
    longest = np.broadcast_to(np.asarray(longest_mm, np.float64), len(points)).tolist()
    mesh = _Mesh(points.tolist(), uv.tolist(), {t: (int(a), int(b), int(c)) for t, (a, b, c) in enumerate(triangles)})
    mesh.around = [set() for _ in points]
    for t, corner in mesh.corners.items():
        for point in corner:
            mesh.around[point].add(t)
    fixed = keep | _on_rim(triangles, len(points))
    quadrics = _quadrics(points, triangles)
    queue = [entry for point in np.flatnonzero(~fixed) for entry in _offers(mesh, quadrics, int(point), longest[point])]
    heapq.heapify(queue)
    gone = np.zeros(len(points), bool)
    while queue:
        cost, point, onto = heapq.heappop(queue)
        if gone[point] or gone[onto] or cost > most[point] or not _may_collapse(mesh, point, onto):
            continue
        neighbours = _neighbours(mesh, point)
        if (
            onto not in neighbours
            or _reach(mesh, onto, neighbours) > longest[point]
            or cost < _cost(quadrics[point].ravel().tolist(), mesh.places[onto]) - 1e-9
        ):
            continue
        _collapse(mesh, point, onto)
        gone[point] = True
        quadrics[onto] = quadrics[onto] + quadrics[point]
        for near in neighbours:
            if not fixed[near] and not gone[near]:
                for entry in _offers(mesh, quadrics, near, longest[near]):
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


def _cost(quadric: list[float], at: list[float]) -> float:
    """Squared distance of a place to the planes; quadric: 16 figures, row by row."""
    x, y, z = at
    q = quadric
    return (
        (q[0] * x + 2 * (q[1] * y + q[2] * z + q[3])) * x
        + (q[5] * y + 2 * (q[6] * z + q[7])) * y
        + (q[10] * z + 2 * q[11]) * z
        + q[15]
    )


def _offers(mesh: _Mesh, quadrics: Doubles, point: int, longest_mm: float) -> list[tuple[float, int, int]]:
    """The ways in which a point may be laid onto a neighbour, with their cost."""
    ring = _neighbours(mesh, point)
    quadric = quadrics[point].ravel().tolist()
    return [
        (_cost(quadric, mesh.places[onto]), point, onto)
        for onto in sorted(ring)
        if _reach(mesh, onto, ring) <= longest_mm
    ]


def _reach(mesh: _Mesh, onto: int, ring: set[int]) -> float:
    """Longest edge from a point to a ring of others, mm."""
    here = mesh.places[onto]
    return max(math.dist(mesh.places[i], here) for i in ring)


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
        old, new = ([mesh.places[i] for i in corners] for corners in (before, after))
        normal, turned = _normal(*old), _normal(*new)
        length, new_length = math.hypot(*normal), math.hypot(*turned)
        if new_length < 1e-9 or sum(map(mul, normal, turned)) < LEAST_TURN * length * new_length:
            return False
        longest = max(math.dist(new[0], new[1]), math.dist(new[1], new[2]), math.dist(new[2], new[0]))
        if new_length / longest**2 < SLIMMEST:
            return False
        if _area(*(mesh.maps[i] for i in before)) * _area(*(mesh.maps[i] for i in after)) <= 0:
            return False
    return True


def _normal(a: list[float], b: list[float], c: list[float]) -> tuple[float, float, float]:
    ux, uy, uz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    vx, vy, vz = c[0] - a[0], c[1] - a[1], c[2] - a[2]
    return uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx


def _area(a: list[float], b: list[float], c: list[float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


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
