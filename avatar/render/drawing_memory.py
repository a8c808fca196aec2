"""The memory that pictures are drawn in: what the rasteriser is given, what it writes, and how a picture is packed."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.edges import FOUR, REACH_PX, SPILT_BYTES

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]

FAR = np.float32(-1e9)
"""Depth of an empty pixel."""
KEPT = 2 * REACH_PX
"""Rows above a band that finishing its first rows still looks at."""


class Target(NamedTuple):
    """The picture under way and what it ends on; all arrays belong to one thread."""

    image: Pixels
    """(H * W * channels + SPILT_BYTES,) the finished picture, three channels or four, and what may be spilt into."""
    canvas: Packed
    """(rows of a band + KEPT, W) what is drawn, before its outlines are softened: a window that slides down."""
    depth: Floats
    """(the same, W) mm, larger is nearer."""
    owner: Pixels
    """(H, W): which surface each pixel shows; 0 where none."""
    background: Packed
    """(H, W)."""
    backdrop: Pixels
    """(H * W * channels,): the background as it is in the finished picture."""


class Meshes(NamedTuple):
    """Every surface of a scene in its order of drawing: opaque ones, nearest first, then blended ones."""

    attributes: Floats
    """(V, ATTRIBUTES), u and v within the surface's texture less one texel."""
    triangles: Ints
    """(T, 3) of all surfaces, one after the other."""
    surface_of: Pixels
    """(T,) row of surfaces."""
    surfaces: Longs
    """(S, 7): FIRST and END of its triangles, OWNER, first of its TEXELS, their COUNT, their STRIP_SIZE, BLENDED."""
    texels: Packed
    """(N,) as packed() and in_strips() make them; straight alpha, which counts for blended surfaces only."""


FIRST, END, OWNER, TEXELS, COUNT, STRIP_SIZE, BLENDED = range(7)


class View(NamedTuple):
    """Which part of the picture is drawn, and how finely."""

    left: np.float32
    """Pixels from the picture's left side."""
    top: np.float32
    rows: np.float32
    """How many rows are drawn for each of the picture's."""


WHOLE = View(np.float32(0.0), np.float32(0.0), np.float32(1.0))


class Bands(NamedTuple):
    """Where the triangles of one frame lie; memory that is filled anew for every frame."""

    boxes: Ints
    """(T, 4): first and last column, first and last row of each triangle that is listed."""
    opaque: Ints
    """(bands, T): the triangles that have pixels in each band of rows, in their order of drawing."""
    blended: Ints
    """(bands, T)."""
    counts: Longs
    """(2, bands): how many opaque ones, how many blended ones are listed."""


def window(rows: int, width: int) -> tuple[Packed, Floats]:
    """Canvas and depth for bands of so many rows, with those that are kept of the band before."""
    size = (rows + KEPT) * width
    canvas = np.empty(size + FOUR, np.uint32)[:size].reshape(-1, width)
    return canvas, np.empty((rows + KEPT, width), np.float32)


def bands_for(count: int, triangles: int) -> Bands:
    """Memory for so many bands of so many triangles."""
    opaque, blended = (np.empty((count, triangles), np.int32) for _ in range(2))
    return Bands(np.empty((triangles, 4), np.int32), opaque, blended, np.zeros((2, count), np.int64))


def picture_memory(height: int, width: int, channels: int) -> tuple[Pixels, Pixels]:
    """A picture (H, W, channels) and its memory with the bytes that may be overwritten."""
    size = height * width * channels
    flat: Pixels = np.empty(size + SPILT_BYTES, np.uint8)
    return flat[:size].reshape(height, width, channels), flat


def backdrop_of(background: Packed, channels: int) -> Pixels:
    """(H * W * channels,): a background (H, W) as it is in the finished picture."""
    lanes = background.view(np.uint8).reshape(*background.shape, 4)
    return np.ascontiguousarray(lanes[..., :channels]).reshape(-1)


def packed(picture: Pixels) -> Packed:
    """(h, w) uint32 out of (h, w, 3 or 4) uint8: red in the lowest byte, alpha (255 where there is none) on top."""
    lanes = picture if picture.shape[2] == 4 else cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA)
    return np.ascontiguousarray(lanes).view("<u4")[..., 0]
