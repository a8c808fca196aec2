"""Outlines of lips and eyes in, a net of triangles over the person with those as holes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

SPACINGS = ((0.0, 4.2), (14.0, 6.5), (70.0, 12.0), (130.0, 24.0))
"""From this many mm outside the face's outline on, points stand so far apart."""
LIP_OFFSETS_MM = (1.5, 3.3, 5.6, 8.6)
EYE_OFFSETS_MM = (1.3, 3.0, 5.2, 8.0)
"""Rings of points round a hole, at these distances."""
CLEAR_SHARE = 0.62
"""No point of the field stands nearer to a ring's than this share of the field's spacing."""


@dataclass(frozen=True, slots=True)
class Net:
    """A flat net of triangles."""

    plane: Doubles
    """(V, 2) mm."""
    triangles: Ints
    """(T, 3) counter-clockwise, y up."""
    rings: tuple[Ints, ...]
    """The points round each hole, in the order they were given."""


def net_over(
    rings: tuple[Doubles, ...],
    offsets_mm: tuple[tuple[float, ...], ...],
    outside: Callable[[Doubles], Doubles],
    is_person: Callable[[Doubles], npt.NDArray[np.bool_]],
    box: tuple[float, float, float, float],
) -> Net:
    """rings: each (R, 2) mm round; outside: mm from the face's outline; box: left, top, right, bottom mm."""
    points = [np.vstack(rings)]
    for ring, offsets in zip(rings, offsets_mm, strict=True):
        points += _around(ring, offsets)
    fixed = np.vstack(points)
    field = _field(outside, is_person, box, fixed)
    plane = np.vstack([fixed, field])
    triangles = delaunay(plane)
    middles = plane[triangles].mean(axis=1)
    for ring in rings:
        inside = np.array([_is_inside(ring, middle) for middle in middles])
        triangles, middles = triangles[~inside], middles[~inside]
    starts = np.cumsum([0, *(len(ring) for ring in rings)])
    numbered = tuple(np.arange(a, b, dtype=np.int32) for a, b in zip(starts[:-1], starts[1:], strict=True))
    return Net(plane, triangles, numbered)


def _around(ring: Doubles, offsets_mm: tuple[float, ...]) -> list[Doubles]:
    """Rings of ever fewer points at these distances outside a ring."""
    # The outline of everything within the distance, found on a fine raster, is smooth where the ring has corners.
    low = ring.min(axis=0) - max(offsets_mm) - 4
    fine = 8.0
    size = np.ceil((ring.max(axis=0) - low + max(offsets_mm) + 4) * fine).astype(int)
    mask = np.full((size[1], size[0]), 255, np.uint8)
    cv2.fillPoly(mask, [np.round((ring - low) * fine).astype(np.int32)], 0)
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE) / fine
    perimeter = np.linalg.norm(np.roll(ring, -1, axis=0) - ring, axis=1).sum()
    result = []
    for k, offset in enumerate(offsets_mm):
        contours, _ = cv2.findContours((distance <= offset).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        line = max(contours, key=len).reshape(-1, 2) / fine + low
        gap = perimeter / len(ring) * (1.25 + 0.3 * k)
        length = np.linalg.norm(np.roll(line, -1, axis=0) - line, axis=1).sum()
        count = max(int(round(length / gap)), 8)
        result.append(evenly(np.vstack([line, line[:1]]), count + 1)[:-1])
    return result


def evenly(line: Doubles, count: int) -> Doubles:
    """count points along a line of any dimension, at equal distances, ends included."""
    reach = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0, reach[-1], count)
    return np.stack([np.interp(at, reach, line[:, k]) for k in range(line.shape[1])], axis=1)


def _field(
    outside: Callable[[Doubles], Doubles],
    is_person: Callable[[Doubles], npt.NDArray[np.bool_]],
    box: tuple[float, float, float, float],
    fixed: Doubles,
) -> Doubles:
    """Points in triangular patterns over the person, wider apart the farther from the face."""
    limits = [start for start, _ in SPACINGS[1:]] + [np.inf]
    fields: list[Doubles] = []
    for (start, spacing), end in zip(SPACINGS, limits, strict=True):
        rows = np.arange(box[3], box[1] + spacing, spacing * np.sqrt(0.75))
        columns = np.arange(box[0], box[2] + spacing, spacing)
        x, y = np.meshgrid(columns, rows)
        x = x + np.where(np.arange(len(rows)) % 2, spacing / 2, 0.0)[:, None]
        points = np.clip(np.column_stack([x.ravel(), y.ravel()]), (box[0], box[3]), (box[2], box[1]))
        points = np.unique(points[is_person(points)], axis=0)
        away = outside(points)
        points = points[(away >= start if start else np.ones(len(points), bool)) & (away < end)]
        others = np.vstack([fixed, *fields]) if not start else fixed
        clear = np.array([np.min(np.sum((others - p) ** 2, axis=1)) for p in points]) > (CLEAR_SHARE * spacing) ** 2
        fields.append(points[clear])
    return np.vstack(fields)


def delaunay(points: Doubles) -> Ints:
    """(T, 3) triangles over points (N, 2), counter-clockwise with y up."""
    low = np.floor(points.min(axis=0) - 10).astype(int)
    size = np.ceil(points.max(axis=0) + 10).astype(int) - low
    subdivision = cv2.Subdiv2D((int(low[0]), int(low[1]), int(size[0]), int(size[1])))
    exact = points.astype(np.float32)
    number = {(float(x), float(y)): i for i, (x, y) in enumerate(exact)}
    subdivision.insert(exact)
    found = np.asarray(subdivision.getTriangleList()).reshape(-1, 3, 2)
    triangles = np.array(
        [t for t in ([number.get((float(x), float(y)), -1) for x, y in c] for c in found) if min(t) >= 0]
    )
    corners = points[triangles]
    side, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = side[:, 0] * other[:, 1] - side[:, 1] * other[:, 0]
    triangles[area < 0] = triangles[area < 0][:, ::-1]
    real: Ints = triangles[np.abs(area) > 1e-6].astype(np.int32)
    return real


def _is_inside(ring: Doubles, point: Doubles) -> bool:
    x, y = float(point[0]), float(point[1])
    return bool(cv2.pointPolygonTest(ring.astype(np.float32).reshape(-1, 1, 2), (x, y), False) > 0)
