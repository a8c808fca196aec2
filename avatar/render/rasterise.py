"""Screen-space triangles with texture and light per vertex in, pixels out: a z-buffer rasteriser for one core.

Everything is interpolated linearly on the screen: triangles are a few pixels large and the camera is far, so the
error of leaving perspective out stays under a tenth of a pixel, and light per vertex looks like light per pixel.
Numba compiles the kernels at their first call and keeps them beside this file (or in its own cache folder).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

ATTRIBUTES = 9
"""Per vertex: screen x, screen y (pixels), depth (mm, larger is nearer), u, v (texels), light red, green, blue
(factors of the texture's colour), highlight (0..255, added)."""
FAR = np.float32(-1e9)
"""Depth of an empty pixel."""
STEEP = np.float32(1e-6)
"""An edge that rises less than this per pixel neither opens nor closes a row of pixels."""

_COMPILED = {"nogil": True, "cache": True, "fastmath": True, "boundscheck": False, "error_model": "numpy"}


@njit(**_COMPILED)
def accumulate_normals(vertices: Floats, triangles: Ints, normals: Floats) -> None:
    """Adds each triangle's area-weighted normal to its corners: vertices (V, 3) mm, normals (V, 3) zeroed before."""
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


@njit(**_COMPILED)
def normalise(normals: Floats) -> None:
    """Makes every row unit length in place; zero rows face the viewer."""
    for v in range(normals.shape[0]):
        x, y, z = normals[v, 0], normals[v, 1], normals[v, 2]
        length = np.sqrt(x * x + y * y + z * z)
        if length > 0.0:
            normals[v, 0] = x / length
            normals[v, 1] = y / length
            normals[v, 2] = z / length
        else:
            normals[v, 2] = 1.0


@njit(**_COMPILED)
def draw(
    image: Pixels,
    depth: Floats,
    owner: Pixels,
    owner_id: int,
    attributes: Floats,
    triangles: Ints,
    texture: Pixels,
    is_blended: bool,
) -> None:
    """Draws front-facing triangles where they are nearest.

    image (H, W, 3) uint8, depth (H, W) float32 and owner (H, W) uint8 are written; attributes (V, ATTRIBUTES);
    texture (h, w, 4) uint8 with straight alpha, used only when is_blended. Blended pixels own and hide what is
    behind only where alpha passes one half.
    """
    height, width = depth.shape
    start = np.empty(ATTRIBUTES, np.float32)
    right = np.empty(ATTRIBUTES, np.float32)
    down = np.empty(ATTRIBUTES, np.float32)
    edge = np.empty((3, 3), np.float32)
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay = attributes[a, 0], attributes[a, 1]
        bx, by = attributes[b, 0], attributes[b, 1]
        cx, cy = attributes[c, 0], attributes[c, 1]
        # Screen y runs down, so counter-clockwise triangles have a negative doubled area.
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if area >= 0.0:
            continue
        x0 = max(int(np.ceil(min(ax, bx, cx) - np.float32(0.5))), 0)
        x1 = min(int(np.floor(max(ax, bx, cx) - np.float32(0.5))), width - 1)
        y0 = max(int(np.ceil(min(ay, by, cy) - np.float32(0.5))), 0)
        y1 = min(int(np.floor(max(ay, by, cy) - np.float32(0.5))), height - 1)
        if x0 > x1 or y0 > y1:
            continue
        _set_edges(edge, ax, ay, bx, by, cx, cy, np.float32(1.0) / area, x0 + np.float32(0.5), y0 + np.float32(0.5))
        for k in range(2, ATTRIBUTES):
            fa, fb, fc = attributes[a, k], attributes[b, k], attributes[c, k]
            start[k] = fa * edge[0, 0] + fb * edge[1, 0] + fc * edge[2, 0]
            right[k] = fa * edge[0, 1] + fb * edge[1, 1] + fc * edge[2, 1]
            down[k] = fa * edge[0, 2] + fb * edge[1, 2] + fc * edge[2, 2]
        for y in range(y0, y1 + 1):
            row = np.float32(y - y0)
            first, last = _span(edge, row, x1 - x0)
            row_depth = start[2] + down[2] * row
            for i in range(first, last + 1):
                x = x0 + i
                z = row_depth + right[2] * np.float32(i)
                if z > depth[y, x]:
                    alpha = _shade(image, y, x, start, right, down, np.float32(i), row, texture, is_blended)
                    if alpha > np.float32(0.5):
                        depth[y, x] = z
                        owner[y, x] = owner_id


@njit(inline="always", **_COMPILED)
def _set_edges(
    edge: Floats,
    ax: float,
    ay: float,
    bx: float,
    by: float,
    cx: float,
    cy: float,
    inverse: float,
    x: float,
    y: float,
) -> None:
    """edge[k] = barycentric weight of corner k at (x, y), and its change per pixel to the right and down."""
    edge[1, 0] = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) * inverse
    edge[1, 1] = (cy - ay) * inverse
    edge[1, 2] = (ax - cx) * inverse
    edge[2, 0] = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * inverse
    edge[2, 1] = (ay - by) * inverse
    edge[2, 2] = (bx - ax) * inverse
    edge[0, 0] = np.float32(1.0) - edge[1, 0] - edge[2, 0]
    edge[0, 1] = -edge[1, 1] - edge[2, 1]
    edge[0, 2] = -edge[1, 2] - edge[2, 2]


@njit(inline="always", **_COMPILED)
def _span(edge: Floats, row: float, most: int) -> tuple[int, int]:
    """First and last pixel of a row, counted from the box's left, where no weight is negative."""
    low, high = np.float32(0.0), np.float32(most)
    for k in range(3):
        weight = edge[k, 0] + edge[k, 2] * row
        slope = edge[k, 1]
        if slope > STEEP:
            low = max(low, -weight / slope)
        elif slope < -STEEP:
            high = min(high, -weight / slope)
        elif weight < 0.0:
            high = np.float32(-1.0)
    return int(np.ceil(low)), int(np.floor(high))


@njit(inline="always", **_COMPILED)
def _shade(
    image: Pixels,
    y: int,
    x: int,
    start: Floats,
    right: Floats,
    down: Floats,
    i: float,
    row: float,
    texture: Pixels,
    is_blended: bool,
) -> float:
    """Writes one pixel and returns its alpha, 0..1."""
    u = start[3] + down[3] * row + right[3] * i
    v = start[4] + down[4] * row + right[4] * i
    u = min(max(u, np.float32(0.0)), np.float32(texture.shape[1] - 1.001))
    v = min(max(v, np.float32(0.0)), np.float32(texture.shape[0] - 1.001))
    ui, vi = int(u), int(v)
    fu, fv = u - np.float32(ui), v - np.float32(vi)
    w11 = fu * fv
    w01, w10 = fu - w11, fv - w11
    w00 = np.float32(1.0) - fu - w10
    highlight = start[8] + down[8] * row + right[8] * i
    alpha = np.float32(1.0)
    if is_blended:
        alpha = (
            w00 * texture[vi, ui, 3]
            + w01 * texture[vi, ui + 1, 3]
            + w10 * texture[vi + 1, ui, 3]
            + w11 * texture[vi + 1, ui + 1, 3]
        ) / np.float32(255.0)
    for k in range(3):
        colour = (
            w00 * np.float32(texture[vi, ui, k])
            + w01 * np.float32(texture[vi, ui + 1, k])
            + w10 * np.float32(texture[vi + 1, ui, k])
            + w11 * np.float32(texture[vi + 1, ui + 1, k])
        )
        light = start[5 + k] + down[5 + k] * row + right[5 + k] * i
        lit = min(colour * light + highlight, np.float32(255.0))
        if is_blended:
            lit = image[y, x, k] + (lit - image[y, x, k]) * alpha
        image[y, x, k] = np.uint8(lit)
    return alpha  # type: ignore[return-value]  # numba's float32
