"""Screen-space triangles with texture and light in, pixels out: a z-buffer rasteriser for one core.

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
Packed = npt.NDArray[np.uint32]

ATTRIBUTES = 10
"""Per vertex: screen x, screen y (pixels), depth (mm, larger is nearer), u, v (texels), light red, green, blue
(factors of the texture's colour), highlight (0..255, added), nothing: eight after the position fill a register."""
SMOOTH = 8
"""Attributes that are interpolated: all but the position."""
FAR = np.float32(-1e9)
"""Depth of an empty pixel."""
STEEP = np.float32(1e-6)
"""An edge that rises less than this per pixel neither opens nor closes a row of pixels."""
SEAM_PX = np.float32(1e-3)
"""Opaque neighbours overlap by this much, so that rounding leaves no hole; blended ones meet without overlap, so that
no pixel is mixed in twice."""
SLIVER_PX = np.float32(0.02)
"""Twice the area below which a triangle shows no pixel worth having; its attributes would run away."""
HALF_RANGE = np.float32(127.5)
"""Blended pixels at least this opaque own their place."""
EVEN_BYTES = np.uint32(0x00FF00FF)
"""Red and blue of a packed pixel; shifted by eight bits, green and alpha: two channels are filtered at once."""

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
    texture: Packed,
    is_blended: bool,
) -> None:
    """Draws front-facing triangles where they are nearest.

    image (H, W, 3) uint8, depth (H, W) float32 and owner (H, W) uint8 are written; attributes (V, ATTRIBUTES), u and v
    within the texture less one texel; texture (h, w) uint32 as packed() makes it, its straight alpha used only when
    is_blended. Blended pixels own and hide what is behind only where alpha passes one half.
    """
    height, width = depth.shape
    flat_image, flat_depth, flat_owner = image.reshape(-1), depth.reshape(-1), owner.reshape(-1)
    texels, texture_width = texture.reshape(-1), np.int64(texture.shape[1])
    plane = np.empty((3, SMOOTH), np.float32)
    edge = np.empty((3, 4), np.float32)
    for t in range(triangles.shape[0]):
        x0, x1, y0, y1 = _set_up(attributes, triangles, t, height, width, edge, plane)
        for y in range(y0, y1 + 1):
            row = np.float32(y - y0)
            first, last = _span(edge, row, x1 - x0, is_blended)
            if last >= first:
                _draw_row(
                    flat_image,
                    flat_depth,
                    flat_owner,
                    np.uint8(owner_id),
                    y * width + x0 + first,
                    last - first + 1,
                    plane,
                    row,
                    np.float32(first),
                    texels,
                    texture_width,
                    is_blended,
                )


@njit(forceinline=True, **_COMPILED)
def _set_up(
    attributes: Floats, triangles: Ints, t: int, height: int, width: int, edge: Floats, plane: Floats
) -> tuple[int, int, int, int]:
    """First and last column and row of triangle t's pixels, edge and plane set; no row where none is seen."""
    a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
    ax, ay = attributes[a, 0], attributes[a, 1]
    bx, by = attributes[b, 0], attributes[b, 1]
    cx, cy = attributes[c, 0], attributes[c, 1]
    # Screen y runs down, so counter-clockwise triangles have a negative doubled area.
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if area > -SLIVER_PX:
        return 0, -1, 0, -1
    x0 = max(int(np.ceil(min(ax, bx, cx) - np.float32(0.5))), 0)
    x1 = min(int(np.floor(max(ax, bx, cx) - np.float32(0.5))), width - 1)
    y0 = max(int(np.ceil(min(ay, by, cy) - np.float32(0.5))), 0)
    y1 = min(int(np.floor(max(ay, by, cy) - np.float32(0.5))), height - 1)
    if x0 > x1 or y0 > y1:
        return 0, -1, 0, -1
    _set_edges(edge, ax, ay, bx, by, cx, cy, np.float32(1.0) / area, x0 + np.float32(0.5), y0 + np.float32(0.5))
    for way in range(3):
        wa, wb, wc = edge[0, way], edge[1, way], edge[2, way]
        for k in range(SMOOTH):
            plane[way, k] = wa * attributes[a, 2 + k] + wb * attributes[b, 2 + k] + wc * attributes[c, 2 + k]
    return x0, x1, y0, y1


@njit(forceinline=True, **_COMPILED)
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
    """edge[k]: barycentric weight of corner k at (x, y), its change per pixel right and down, and -1 / right."""
    edge[1, 0] = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) * inverse
    edge[1, 1] = (cy - ay) * inverse
    edge[1, 2] = (ax - cx) * inverse
    edge[2, 0] = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * inverse
    edge[2, 1] = (ay - by) * inverse
    edge[2, 2] = (bx - ax) * inverse
    edge[0, 0] = np.float32(1.0) - edge[1, 0] - edge[2, 0]
    edge[0, 1] = -edge[1, 1] - edge[2, 1]
    edge[0, 2] = -edge[1, 2] - edge[2, 2]
    for k in range(3):
        edge[k, 3] = np.float32(-1.0) / edge[k, 1]


@njit(forceinline=True, **_COMPILED)
def _span(edge: Floats, row: float, most: int, is_blended: bool) -> tuple[int, int]:
    """First and last pixel of a row, counted from the box's left, where no weight is negative."""
    low, high = np.float32(0.0), np.float32(most + 1)
    for k in range(3):
        weight = edge[k, 0] + edge[k, 2] * row
        slope = edge[k, 1]
        if slope > STEEP:
            low = max(low, weight * edge[k, 3])
        elif slope < -STEEP:
            high = min(high, weight * edge[k, 3])
        elif weight < 0.0:
            high = np.float32(-1.0)
    if is_blended:
        return int(np.ceil(low)), min(int(np.ceil(high)) - 1, most)
    return max(int(np.ceil(low - SEAM_PX)), 0), min(int(np.floor(high + SEAM_PX)), most)


@njit(forceinline=True, **_COMPILED)
def _draw_row(
    image: Pixels,
    depth: Floats,
    owner: Pixels,
    owner_id: int,
    start: int,
    count: int,
    plane: Floats,
    row: float,
    column: float,
    texels: Packed,
    texture_width: int,
    is_blended: bool,
) -> None:
    """Fills count pixels from flat index start on; plane holds the attributes at the box's corner and their changes."""
    z = plane[0, 0] + plane[1, 0] * column + plane[2, 0] * row
    u = plane[0, 1] + plane[1, 1] * column + plane[2, 1] * row
    v = plane[0, 2] + plane[1, 2] * column + plane[2, 2] * row
    red = plane[0, 3] + plane[1, 3] * column + plane[2, 3] * row
    green = plane[0, 4] + plane[1, 4] * column + plane[2, 4] * row
    blue = plane[0, 5] + plane[1, 5] * column + plane[2, 5] * row
    shine = plane[0, 6] + plane[1, 6] * column + plane[2, 6] * row
    white = np.float32(255.0)
    for i in range(count):
        at = np.uint64(start + i)
        if z > depth[at]:
            step = np.float32(i)
            even, odd = _filtered(texels, texture_width, u + plane[1, 1] * step, v + plane[1, 2] * step)
            alpha = np.float32(odd >> np.uint32(16))
            if is_blended and alpha == 0.0:
                z += plane[1, 0]
                continue
            light = shine + plane[1, 6] * step
            r = min(np.float32(even & np.uint32(255)) * (red + plane[1, 3] * step) + light, white)
            g = min(np.float32(odd & np.uint32(255)) * (green + plane[1, 4] * step) + light, white)
            b = min(np.float32(even >> np.uint32(16)) * (blue + plane[1, 5] * step) + light, white)
            at3 = at * np.uint64(3)
            if is_blended:
                mix = alpha / white
                r = image[at3] + (r - image[at3]) * mix
                g = image[at3 + np.uint64(1)] + (g - image[at3 + np.uint64(1)]) * mix
                b = image[at3 + np.uint64(2)] + (b - image[at3 + np.uint64(2)]) * mix
            if not is_blended or alpha > HALF_RANGE:
                depth[at] = z
                owner[at] = owner_id
            image[at3] = np.uint8(r)
            image[at3 + np.uint64(1)] = np.uint8(g)
            image[at3 + np.uint64(2)] = np.uint8(b)
        z += plane[1, 0]


@njit(forceinline=True, **_COMPILED)
def _filtered(texels: Packed, texture_width: int, u: float, v: float) -> tuple[np.uint32, np.uint32]:
    """The texture's colour at (u, v), bilinear: (red and blue, green and alpha), each pair in bytes 0 and 2."""
    x, y = np.int32(u), np.int32(v)
    fx = np.uint32((u - np.float32(x)) * np.float32(256.0))
    fy = np.uint32((v - np.float32(y)) * np.float32(256.0))
    w11 = (fx * fy) >> np.uint32(8)
    w01, w10 = fx - w11, fy - w11
    w00 = np.uint32(256) - fx - w10
    at = np.uint64(y) * np.uint64(texture_width) + np.uint64(x)
    # On a sliver, rounding can throw u and v far outside (negative ones wrap to huge): never read beyond the texture.
    at = min(at, np.uint64(texels.shape[0] - texture_width - 2))
    below = at + np.uint64(texture_width)
    one = np.uint64(1)
    t00, t01, t10, t11 = texels[at], texels[at + one], texels[below], texels[below + one]
    eight = np.uint32(8)
    even = (t00 & EVEN_BYTES) * w00 + (t01 & EVEN_BYTES) * w01 + (t10 & EVEN_BYTES) * w10 + (t11 & EVEN_BYTES) * w11
    odd = (
        ((t00 >> eight) & EVEN_BYTES) * w00
        + ((t01 >> eight) & EVEN_BYTES) * w01
        + ((t10 >> eight) & EVEN_BYTES) * w10
        + ((t11 >> eight) & EVEN_BYTES) * w11
    )
    return np.uint32((even >> eight) & EVEN_BYTES), np.uint32((odd >> eight) & EVEN_BYTES)


def packed(texture: Pixels) -> Packed:
    """(h, w) uint32 out of (h, w, 4) uint8: red in the lowest byte, alpha in the highest."""
    parts = texture.astype(np.uint32)
    return np.ascontiguousarray(parts[..., 0] | parts[..., 1] << 8 | parts[..., 2] << 16 | parts[..., 3] << 24)
