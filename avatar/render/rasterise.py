"""Screen-space triangles with texture and normals in, shaded pixels out: a z-buffer rasteriser for one core.

Attributes are interpolated linearly on the screen: the triangles are small and the camera is far, so the error of
leaving perspective out stays under a tenth of a pixel. Light is looked up per pixel by the normal's x and y in a
table made by avatar/render/lighting.py, so that a whole lighting design costs one fetch.
Numba compiles the kernels at their first call and keeps them beside this file (or in its own cache folder).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

LIGHT_TABLE_SIDE = 64
"""Light tables are LIGHT_TABLE_SIDE x LIGHT_TABLE_SIDE over normal x and y in -1..1."""
ATTRIBUTES = 8
"""Per vertex: screen x, screen y (pixels), depth (mm, larger is nearer), u, v (texels), normal x, normal y, shade."""
FAR = np.float32(-1e9)
"""Depth of an empty pixel."""

_SIGNATURES = {"nogil": True, "cache": True, "fastmath": True, "boundscheck": False}


@njit(**_SIGNATURES)
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


@njit(**_SIGNATURES)
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


@njit(**_SIGNATURES)
def draw(
    image: Pixels,
    depth: Floats,
    owner: Pixels,
    owner_id: int,
    attributes: Floats,
    triangles: Ints,
    texture: Pixels,
    diffuse: Floats,
    specular: Floats,
    is_blended: bool,
) -> None:
    """Draws front-facing triangles where they are nearest.

    image (H, W, 3) uint8, depth (H, W) float32 and owner (H, W) uint8 are written; attributes (V, ATTRIBUTES);
    texture (h, w, 4) uint8 with straight alpha, used only when is_blended; diffuse and specular (S, S, 3) float32
    light tables, specular in 0..255. Blended pixels own and hide what is behind only where alpha passes one half.
    """
    height, width = depth.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay = attributes[a, 0], attributes[a, 1]
        bx, by = attributes[b, 0], attributes[b, 1]
        cx, cy = attributes[c, 0], attributes[c, 1]
        # Screen y runs down, so counter-clockwise triangles have a negative doubled area.
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if area >= 0.0:
            continue
        x0 = max(int(np.ceil(min(ax, bx, cx) - 0.5)), 0)
        x1 = min(int(np.floor(max(ax, bx, cx) - 0.5)), width - 1)
        y0 = max(int(np.ceil(min(ay, by, cy) - 0.5)), 0)
        y1 = min(int(np.floor(max(ay, by, cy) - 0.5)), height - 1)
        if x0 > x1 or y0 > y1:
            continue
        inverse = np.float32(1.0) / area
        wb_dx, wb_dy = (cy - ay) * inverse, (ax - cx) * inverse
        wc_dx, wc_dy = (ay - by) * inverse, (bx - ax) * inverse
        wb_row = ((x0 + 0.5 - ax) * wb_dx) + ((y0 + 0.5 - ay) * wb_dy)
        wc_row = ((x0 + 0.5 - ax) * wc_dx) + ((y0 + 0.5 - ay) * wc_dy)
        for y in range(y0, y1 + 1):
            wb, wc = wb_row, wc_row
            for x in range(x0, x1 + 1):
                wa = np.float32(1.0) - wb - wc
                if wa >= 0.0 and wb >= 0.0 and wc >= 0.0:
                    z = wa * attributes[a, 2] + wb * attributes[b, 2] + wc * attributes[c, 2]
                    if z > depth[y, x]:
                        alpha = _shade(image, y, x, attributes, a, b, c, wa, wb, wc, texture, diffuse, specular, is_blended)
                        if alpha > 0.5:
                            depth[y, x] = z
                            owner[y, x] = owner_id
                wb += wb_dx
                wc += wc_dx
            wb_row += wb_dy
            wc_row += wc_dy


@njit(inline="always", **_SIGNATURES)
def _light_index(normal: float) -> int:
    i = int((normal + np.float32(1.0)) * np.float32(0.5 * LIGHT_TABLE_SIDE))
    return min(max(i, 0), LIGHT_TABLE_SIDE - 1)


@njit(inline="always", **_SIGNATURES)
def _shade(
    image: Pixels,
    y: int,
    x: int,
    attributes: Floats,
    a: int,
    b: int,
    c: int,
    wa: float,
    wb: float,
    wc: float,
    texture: Pixels,
    diffuse: Floats,
    specular: Floats,
    is_blended: bool,
) -> float:
    u = wa * attributes[a, 3] + wb * attributes[b, 3] + wc * attributes[c, 3]
    v = wa * attributes[a, 4] + wb * attributes[b, 4] + wc * attributes[c, 4]
    nx = wa * attributes[a, 5] + wb * attributes[b, 5] + wc * attributes[c, 5]
    ny = wa * attributes[a, 6] + wb * attributes[b, 6] + wc * attributes[c, 6]
    shade = wa * attributes[a, 7] + wb * attributes[b, 7] + wc * attributes[c, 7]
    u = min(max(u, np.float32(0.0)), np.float32(texture.shape[1] - 1.001))
    v = min(max(v, np.float32(0.0)), np.float32(texture.shape[0] - 1.001))
    ui, vi = int(u), int(v)
    fu, fv = u - ui, v - vi
    w00, w01 = (1 - fu) * (1 - fv), fu * (1 - fv)
    w10, w11 = (1 - fu) * fv, fu * fv
    lx, ly = _light_index(nx), _light_index(ny)
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
            w00 * texture[vi, ui, k]
            + w01 * texture[vi, ui + 1, k]
            + w10 * texture[vi + 1, ui, k]
            + w11 * texture[vi + 1, ui + 1, k]
        )
        lit = min((colour * diffuse[ly, lx, k] + specular[ly, lx, k]) * shade, np.float32(255.0))
        if is_blended:
            lit = image[y, x, k] + (lit - image[y, x, k]) * alpha
        image[y, x, k] = np.uint8(lit)
    return alpha
