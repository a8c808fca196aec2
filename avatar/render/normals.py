"""Posed meshes in, the directions their surfaces face out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@njit(cache=True, nogil=True, fastmath=True)
def set_normals(vertices: Floats, triangles: Ints, normals: Floats) -> None:
    """Fills normals (V, 3) of unit length: the mean of the triangles round each vertex (V, 3), by their areas.

    A vertex without triangles faces the viewer.
    """
    normals[:] = 0.0
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ux = vertices[b, 0] - vertices[a, 0]
        uy = vertices[b, 1] - vertices[a, 1]
        uz = vertices[b, 2] - vertices[a, 2]
        wx = vertices[c, 0] - vertices[a, 0]
        wy = vertices[c, 1] - vertices[a, 1]
        wz = vertices[c, 2] - vertices[a, 2]
        for v in (a, b, c):
            normals[v, 0] += uy * wz - uz * wy
            normals[v, 1] += uz * wx - ux * wz
            normals[v, 2] += ux * wy - uy * wx
    for v in range(normals.shape[0]):
        x, y, z = normals[v, 0], normals[v, 1], normals[v, 2]
        length = np.sqrt(x * x + y * y + z * z)
        if length > 0.0:
            normals[v, 0] = x / length
            normals[v, 1] = y / length
            normals[v, 2] = z / length
        else:
            normals[v, 2] = 1.0


@njit(cache=True, nogil=True, fastmath=True)
def join_normals(skin: Floats, ring: Ints, upper: Floats, lower: Floats) -> None:
    """Gives skin (V, 3) and both lips (rows * columns, 3) one common normal along the border they share.

    ring: the border's vertices in the skin, from one corner over the upper lip to the other and back below.
    """
    columns = len(ring) // 2 + 1
    for k in range(len(ring)):
        below = (len(ring) - k) % len(ring)
        is_upper, is_lower = k < columns, below < columns
        x, y, z = skin[ring[k], 0], skin[ring[k], 1], skin[ring[k], 2]
        if is_upper:
            x, y, z = x + upper[k, 0], y + upper[k, 1], z + upper[k, 2]
        else:
            x, y, z = x + lower[below, 0], y + lower[below, 1], z + lower[below, 2]
        length = np.sqrt(x * x + y * y + z * z) + np.float32(1e-9)
        x, y, z = x / length, y / length, z / length
        skin[ring[k], 0], skin[ring[k], 1], skin[ring[k], 2] = x, y, z
        if is_upper:
            upper[k, 0], upper[k, 1], upper[k, 2] = x, y, z
        if is_lower:
            lower[below, 0], lower[below, 1], lower[below, 2] = x, y, z
