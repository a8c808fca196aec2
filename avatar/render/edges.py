"""A drawn row of pixels with depth and owners in, the same row of the finished picture, its outlines softened, out.

Only pixels where one part ends and something clearly further away begins are touched, so skin and lips stay sharp.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.shading import copy_items, put_four

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]

STEP_MM = 1.5
"""A depth step of this size between neighbours of different parts is an outline."""
OWN_WEIGHT = 2.0
"""Weight of the pixel itself against 1 for each of its four neighbours."""
MARGIN_PX = 2
"""Beside what is drawn the background is touched so far: an outline's outer pixel, and that one's neighbour."""
FOUR = 4
"""Pixels written at once; the last of a row may be followed by up to three too many, which the next row overwrites."""
SPILT_BYTES = 16
WORD = 8
"""Pixels looked at in one go where nothing changes."""
_COMPILED = {"nogil": True, "cache": True, "fastmath": True, "boundscheck": False, "error_model": "numpy"}


@njit(**_COMPILED)
def finish_row(
    image: Pixels,
    canvas: Packed,
    depth: Floats,
    owner: Pixels,
    backdrop: Pixels,
    y: int,
    left: int,
    right: int,
    changes: Pixels,
) -> None:
    """Writes row y of image, arrays as in rasterise.Target: drawn from left to right, both included, backdrop beside.

    changes (W + 2 * WORD,) all 0 before and after.
    """
    height, width = depth.shape
    channels = backdrop.shape[0] // (height * width)
    start, end = y * width * channels, (y + 1) * width * channels
    first, last = start + left * channels, start + (right + 1) * channels
    flat = canvas.reshape(-1)
    if right < left:
        copy_items(image, start, backdrop, start, end - start)
        return
    copy_items(image, start, backdrop, start, first - start)
    if channels == 3:
        for x in range(left, right + 1, FOUR):
            put_four(image, start + 3 * x, flat, y * width + x)
    else:
        copy_items(image, first, canvas.view(np.uint8).reshape(-1), first, last - first)
    copy_items(image, last, backdrop, last, end - last)
    if 0 < y < height - 1:
        _soften_row(image, flat, depth.reshape(-1), owner, y, max(left, 1), min(right, width - 2), channels, changes)


@njit(**_COMPILED)
def _soften_row(
    image: Pixels,
    canvas: Packed,
    depth: Floats,
    owner: Pixels,
    y: int,
    left: int,
    right: int,
    channels: int,
    changes: Pixels,
) -> None:
    """Blends a row's outline pixels with their four neighbours, none of which lies beyond the picture's rim."""
    width = owner.shape[1]
    count = right - left + 1
    # Neighbours are named apart so that the compiler takes many pixels at once.
    here, before, after = owner[y, left : right + 1], owner[y, left - 1 : right], owner[y, left + 1 : right + 2]
    above, below = owner[y - 1, left : right + 1], owner[y + 1, left : right + 1]
    for x in range(count):
        own = here[x]
        changes[x] = (own ^ before[x]) | (own ^ after[x]) | (own ^ above[x]) | (own ^ below[x])
    words = changes[: -(-count // WORD) * WORD].view(np.uint64)
    for w in range(words.shape[0]):
        if words[w] == 0:
            continue
        for x in range(w * WORD, min(w * WORD + WORD, count)):
            at = y * width + left + x
            if changes[x] and _step_mm(depth, at, width) > STEP_MM:
                for k in range(channels):
                    image[at * channels + k] = _blended(canvas, at, width, np.uint32(8 * k))
        words[w] = 0


@njit(forceinline=True, **_COMPILED)
def _step_mm(depth: Floats, at: int, width: int) -> float:
    """The largest step of depth from a pixel to its four neighbours."""
    z = depth[at]
    beside = max(abs(z - depth[at - 1]), abs(z - depth[at + 1]))
    return float(max(beside, abs(z - depth[at - width]), abs(z - depth[at + width])))


@njit(forceinline=True, **_COMPILED)
def _blended(canvas: Packed, at: int, width: int, shift: int) -> int:
    """One channel of a pixel mixed with its four neighbours, 0..255."""
    byte = np.uint32(255)
    around = (
        np.float32(canvas[at - 1] >> shift & byte)
        + np.float32(canvas[at + 1] >> shift & byte)
        + np.float32(canvas[at - width] >> shift & byte)
        + np.float32(canvas[at + width] >> shift & byte)
    )
    own = np.float32(OWN_WEIGHT) * np.float32(canvas[at] >> shift & byte)
    return int((own + around) / np.float32(OWN_WEIGHT + 4.0))
