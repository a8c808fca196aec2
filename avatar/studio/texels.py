"""A mesh and its map in; for every texel the place and the direction of the surface there out."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Texels:
    """The surface as the painter sees it."""

    place: Floats
    """(H, W, 3) mm."""
    normal: Floats
    """(H, W, 3)."""
    covered: Bools
    """(H, W): some triangle holds this texel."""


def texels(points: Doubles, triangles: Ints, uv: Doubles, side: int) -> Texels:
    """side x side texels; those outside all triangles take their nearest neighbour's values."""
    normals = np.zeros_like(points)
    corners = points[triangles]
    face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    for k in range(3):
        np.add.at(normals, triangles[:, k], face)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12
    values = np.hstack([points, normals]).astype(np.float32)
    canvas = np.zeros((side, side, 6), np.float32)
    covered = np.zeros((side, side), np.bool_)
    _fill(canvas, covered, (uv * (side - 1)).astype(np.float32), triangles, values)
    nearest = nearest_covered(covered)
    canvas = canvas.reshape(-1, 6)[nearest].reshape(side, side, 6)
    return Texels(np.ascontiguousarray(canvas[..., :3]), np.ascontiguousarray(canvas[..., 3:]), covered)


def nearest_covered(covered: Bools) -> npt.NDArray[np.int64]:
    """(H*W,) for every texel the flat number of the nearest covered one."""
    _, labels = cv2.distanceTransformWithLabels(
        (~covered).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    at = np.zeros(int(labels.max()) + 1, np.int64)
    at[labels[covered]] = np.flatnonzero(covered)
    nearest: npt.NDArray[np.int64] = at[labels.reshape(-1)]
    return nearest


@njit(cache=False)
def _fill(canvas: Floats, covered: Bools, at: Floats, triangles: Ints, values: Floats) -> None:
    height, width = covered.shape
    for t in range(len(triangles)):
        a, b, c = triangles[t]
        ax, ay, bx, by, cx, cy = at[a, 0], at[a, 1], at[b, 0], at[b, 1], at[c, 0], at[c, 1]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if area == 0.0:
            continue
        for y in range(max(int(min(ay, by, cy)), 0), min(int(max(ay, by, cy)) + 2, height)):
            for x in range(max(int(min(ax, bx, cx)), 0), min(int(max(ax, bx, cx)) + 2, width)):
                wb = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area
                wc = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area
                wa = 1.0 - wb - wc
                if wa >= -1e-4 and wb >= -1e-4 and wc >= -1e-4:
                    covered[y, x] = True
                    for k in range(values.shape[1]):
                        canvas[y, x, k] = wa * values[a, k] + wb * values[b, k] + wc * values[c, k]
