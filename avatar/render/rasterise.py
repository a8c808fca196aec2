"""Screen-space triangles with texture and light in, a finished picture out: a z-buffer rasteriser for one core.

Everything is interpolated linearly on the screen: triangles are a few pixels large and the camera is far, so the
error of leaving perspective out stays under a tenth of a pixel, and light per vertex looks like light per pixel.
Numba compiles the kernels at their first call and keeps them beside this file (or in its own cache folder). It looks
whether this file has changed, not those whose code and numbers go into the kernels (shading, strips, drawing_memory,
edges): after a change in them, remove __pycache__.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.drawing_memory import (
    BLENDED,
    COUNT,
    END,
    FAR,
    FIRST,
    KEPT,
    OWNER,
    STRIP_SIZE,
    TEXELS,
    Bands,
    Meshes,
    Target,
    View,
)
from avatar.render.edges import MARGIN_PX, REACH_PX, WORD, finish_row
from avatar.render.shading import (
    SMOOTH,
    copy_items,
    draw_blended_row,
    draw_opaque_row,
    set_slopes,
)

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ATTRIBUTES = 2 + SMOOTH
"""Per vertex: screen x, screen y (pixels), depth (mm, larger is nearer), u, v (texels), highlight (0..255, added),
light red, green, blue, alpha (factors of the texture's colour)."""
BEFORE, BEHIND = np.float32(-1e9), np.float32(1e9)
"""Columns that no picture reaches."""
FLAT_PX = np.float32(1e-4)
"""An edge that goes down or up by less neither opens nor closes a row of pixels."""
SEAM_PX = np.float32(1e-3)
"""Opaque neighbours overlap by this much, so that rounding leaves no hole; blended ones meet without overlap, so that
no pixel is mixed in twice."""
SLIVER_PX = np.float32(0.02)
"""Twice the area below which a triangle shows no pixel worth having; its attributes would run away."""
_COMPILED = {"nogil": True, "cache": True, "fastmath": True, "boundscheck": False, "error_model": "numpy"}


@njit(**_COMPILED)
def draw(target: Target, meshes: Meshes, view: View, is_shown: Bools, windows: Ints, bands: Bands) -> None:
    """Draws front-facing triangles where they are nearest, and finishes the picture.

    is_shown (S,); windows (S, 4) first and last column, first and last row, counted in what is drawn: triangles of the
    surface that lie wholly outside are hidden, and left out. One band of rows after the other is drawn and finished in
    the same memory, which so stays in the processor's cache: a whole picture's would go through all of it. Blended
    pixels own and hide what is behind them only where alpha passes one half.
    """
    height, width = target.owner.shape
    rows = -(-height // bands.opaque.shape[0])
    left, right = _sort_into_bands(meshes, view, is_shown, windows, height, width, rows, bands)
    if left <= right:
        left, right = max(left - MARGIN_PX, 0), min(right + MARGIN_PX, width - 1)
    target.owner[:] = 0
    changes = np.zeros(width + 2 * WORD, np.uint8)
    image, canvas, owner = target.image, target.canvas, target.owner
    finished = 0
    for band in range(bands.opaque.shape[0]):
        top, bottom = band * rows, min((band + 1) * rows, height) - 1
        _slide_down(target, rows, top, bottom, left, max(right + 1 - left, 0))
        _draw_triangles(
            target, meshes, view, bands.boxes, bands.opaque[band, : bands.counts[0, band]], top, bottom, False
        )
        _draw_triangles(
            target, meshes, view, bands.boxes, bands.blended[band, : bands.counts[1, band]], top, bottom, True
        )
        # A row is finished when those below it that it is mixed with are drawn.
        last = height if bottom == height - 1 else bottom + 1 - REACH_PX
        for y in range(finished, last):
            finish_row(image, canvas, owner, target.backdrop, y, top - KEPT, left, right, changes)
        finished = max(finished, last)


@njit(forceinline=True, **_COMPILED)
def _slide_down(target: Target, rows: int, top: int, bottom: int, left: int, count: int) -> None:
    """Keeps the last KEPT rows drawn of the band before, rows of them high, and clears the band from top to bottom."""
    width = target.owner.shape[1]
    canvas, depth, background = target.canvas.reshape(-1), target.depth.reshape(-1), target.background.reshape(-1)
    for row in range(KEPT if top else 0):
        to, from_ = row * width + left, (row + rows) * width + left
        copy_items(canvas, to, canvas, from_, count)
    for y in range(top, bottom + 1):
        first = (y - top + KEPT) * width + left
        copy_items(canvas, first, background, y * width + left, count)
        depth[first : first + count] = FAR


@njit(**_COMPILED)
def _sort_into_bands(
    meshes: Meshes, view: View, is_shown: Bools, windows: Ints, height: int, width: int, rows: int, bands: Bands
) -> tuple[int, int]:
    """Lists the triangles that face the viewer; returns the first and last column that any of them has."""
    triangles, surfaces, boxes = meshes.triangles, meshes.surfaces, bands.boxes
    on_screen = _screen_places(meshes.attributes, view)
    bands.counts[:] = 0
    left, right = width, -1
    for s in range(surfaces.shape[0]):
        if not is_shown[s]:
            continue
        from_x, to_x, from_y, to_y = windows[s, 0], windows[s, 1], windows[s, 2], windows[s, 3]
        lists, counts = (bands.blended, bands.counts[1]) if surfaces[s, BLENDED] else (bands.opaque, bands.counts[0])
        for t in range(surfaces[s, FIRST], surfaces[s, END]):
            x0, x1, y0, y1 = _box(on_screen, triangles[t, 0], triangles[t, 1], triangles[t, 2], height, width)
            if x0 > x1 or y0 > y1 or x1 < from_x or x0 > to_x or y1 < from_y or y0 > to_y:
                continue
            boxes[t, 0], boxes[t, 1], boxes[t, 2], boxes[t, 3] = x0, x1, y0, y1
            left, right = min(left, x0), max(right, x1)
            for band in range(y0 // rows, y1 // rows + 1):
                lists[band, counts[band]] = t
                counts[band] += 1
    return left, right


@njit(forceinline=True, **_COMPILED)
def _screen_places(attributes: Floats, view: View) -> Floats:
    """(V, 2) x, y by themselves: every triangle looks for its corners here and there, most often in vain."""
    places = np.empty((attributes.shape[0], 2), np.float32)
    for v in range(attributes.shape[0]):
        places[v, 0], places[v, 1] = attributes[v, 0] - view.left, (attributes[v, 1] - view.top) * view.rows
    return places


@njit(forceinline=True, **_COMPILED)
def _draw_triangles(
    target: Target, meshes: Meshes, view: View, boxes: Ints, listed: Ints, top: int, bottom: int, is_blended: bool
) -> None:
    """Draws what the listed triangles have between two rows, both included."""
    width = target.owner.shape[1]
    canvas, depth, owner = target.canvas.reshape(-1), target.depth.reshape(-1), target.owner.reshape(-1)
    slid = (top - KEPT) * width
    slopes, sides = np.empty(3 * SMOOTH, np.float32), np.empty((3, 4), np.float32)
    attributes, texels, strip = meshes.attributes.reshape(-1), meshes.texels, np.uint64(0)
    current, owner_id = -1, np.uint8(0)
    for k in range(listed.shape[0]):
        t = listed[k]
        if meshes.surface_of[t] != current:
            current = meshes.surface_of[t]
            surface = meshes.surfaces[current]
            owner_id = np.uint8(surface[OWNER])
            texels = meshes.texels[surface[TEXELS] : surface[TEXELS] + surface[COUNT]]
            strip = np.uint64(surface[STRIP_SIZE])
        a, b, c = meshes.triangles[t, 0], meshes.triangles[t, 1], meshes.triangles[t, 2]
        x0, y0 = boxes[t, 0], max(boxes[t, 2], top)
        most = boxes[t, 1] - x0
        _set_up(attributes, ATTRIBUTES * a, ATTRIBUTES * b, ATTRIBUTES * c, view, x0, y0, sides, slopes)
        for y in range(y0, min(boxes[t, 3], bottom) + 1):
            row = np.float32(y - y0)
            first, last = _span(sides, row, most, is_blended)
            if last >= first:
                at, count, column = y * width + x0 + first - slid, last - first + 1, np.float32(first)
                if is_blended:
                    draw_blended_row(
                        canvas, depth, owner, owner_id, at, slid, count, slopes, column, row, texels, strip
                    )
                else:
                    draw_opaque_row(canvas, depth, owner, owner_id, at, slid, count, slopes, column, row, texels, strip)


@njit(forceinline=True, **_COMPILED)
def _box(on_screen: Floats, a: int, b: int, c: int, height: int, width: int) -> tuple[int, int, int, int]:
    """First and last column, first and last row of a triangle's pixels; none where it faces away."""
    ax, ay = on_screen[a, 0], on_screen[a, 1]
    bx, by = on_screen[b, 0], on_screen[b, 1]
    cx, cy = on_screen[c, 0], on_screen[c, 1]
    # Screen y runs down, so counter-clockwise triangles have a negative doubled area.
    if (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > -SLIVER_PX:
        return 0, -1, 0, -1
    x0 = max(int(np.ceil(min(ax, bx, cx) - np.float32(0.5))), 0)
    x1 = min(int(np.floor(max(ax, bx, cx) - np.float32(0.5))), width - 1)
    y0 = max(int(np.ceil(min(ay, by, cy) - np.float32(0.5))), 0)
    y1 = min(int(np.floor(max(ay, by, cy) - np.float32(0.5))), height - 1)
    return x0, x1, y0, y1


@njit(forceinline=True, **_COMPILED)
def _set_up(
    attributes: Floats, a: int, b: int, c: int, view: View, x0: int, y0: int, sides: Floats, slopes: Floats
) -> None:
    """Sets sides and slopes of the triangle whose corners begin at a, b and c, counted from the pixel at x0, y0."""
    ax, ay = attributes[a] - view.left, (attributes[a + 1] - view.top) * view.rows
    bx, by = attributes[b] - view.left, (attributes[b + 1] - view.top) * view.rows
    cx, cy = attributes[c] - view.left, (attributes[c + 1] - view.top) * view.rows
    x, y = np.float32(x0) + np.float32(0.5), np.float32(y0) + np.float32(0.5)
    inverse = np.float32(1.0) / ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
    _set_side(sides, 0, bx - x, by - y, cx - bx, cy - by)
    _set_side(sides, 1, cx - x, cy - y, ax - cx, ay - cy)
    _set_side(sides, 2, ax - x, ay - y, bx - ax, by - ay)
    # Weights of b and c at the box's corner and their change per pixel right and down; a has the rest.
    of_b = (((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) * inverse, (cy - ay) * inverse, (ax - cx) * inverse)
    of_c = (((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * inverse, (ay - by) * inverse, (bx - ax) * inverse)
    set_slopes(slopes, attributes, a + 2, b + 2, c + 2, of_b, of_c)


@njit(forceinline=True, **_COMPILED)
def _set_side(sides: Floats, k: int, x: float, y: float, right: float, down: float) -> None:
    """Notes where edge k, from (x, y) on right and down, counted from the box's corner, crosses each row.

    sides (3, 4): the column at row 0 and its change per row, of the border where rows begin, then where they end.
    """
    sides[k, 0], sides[k, 1], sides[k, 2], sides[k, 3] = BEFORE, 0.0, BEHIND, 0.0
    # Triangles run counter-clockwise and y points down, so that an edge that goes down has the inside on its right.
    first = 0 if down > FLAT_PX else 2
    if abs(down) > FLAT_PX:
        sides[k, first + 1] = right / down
        sides[k, first] = x - y * sides[k, first + 1]


@njit(forceinline=True, **_COMPILED)
def _span(sides: Floats, row: float, most: int, is_blended: bool) -> tuple[int, int]:
    """First and last pixel of a row, counted from the box's left, inside all three edges."""
    low, high = np.float32(0.0), np.float32(most + 1)
    for k in range(3):
        low = max(low, sides[k, 0] + sides[k, 1] * row)
        high = min(high, sides[k, 2] + sides[k, 3] * row)
    if is_blended:
        return int(np.ceil(low)), min(int(np.ceil(high)) - 1, most)
    return max(int(np.ceil(low - SEAM_PX)), 0), min(int(np.floor(high + SEAM_PX)), most)
