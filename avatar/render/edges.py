"""A drawn row of pixels with owners in, the same row of the finished picture, its outlines softened, out.

Only pixels where one part ends and another begins are touched, so that skin stays sharp, while lids, teeth and the
line between closed lips do not go up in steps. There a pixel is mixed with those along the outline, over as many as a
step of the staircase is long, and a little with those across it (after directionally localised anti-aliasing,
Andreev, 2011).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.shading import copy_items, put_four

Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]

REACH_PX = 3
"""How far along an outline colours are mixed; weights fall evenly from REACH_PX + 1 at the pixel itself to 1."""
ACROSS_WEIGHT = 4
"""Of the pixel on either side of an outline, where those along it weigh TOGETHER; at a corner both ways count."""
TOGETHER = (REACH_PX + 1) ** 2
MARGIN_PX = REACH_PX + 1
"""Beside what is drawn the background is touched so far: an outline's outer pixel, and what that is mixed with."""
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
    owner: Pixels,
    backdrop: Pixels,
    y: int,
    top: int,
    left: int,
    right: int,
    changes: Pixels,
) -> None:
    """Writes row y of image, arrays of drawing_memory.Target: drawn from left to right, both included, backdrop beside.

    top: the picture's row that canvas begins with; may be above the picture.
    changes (W + 2 * WORD,) all 0 before and after.
    """
    height, width = owner.shape
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
            put_four(image, start + 3 * x, flat, (y - top) * width + x)
    else:
        lanes = canvas.view(np.uint8).reshape(-1)
        copy_items(image, first, lanes, first - top * width * channels, last - first)
    copy_items(image, last, backdrop, last, end - last)
    if 0 < y < height - 1:
        _soften_row(image, flat, owner, y, top, max(left, 1), min(right, width - 2), channels, changes)


@njit(**_COMPILED)
def _soften_row(
    image: Pixels,
    canvas: Packed,
    owner: Pixels,
    y: int,
    top: int,
    left: int,
    right: int,
    channels: int,
    changes: Pixels,
) -> None:
    """Mixes a row's outline pixels with their surroundings, none of which lies beyond the picture's rim."""
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
            if changes[x]:
                _soften(image, canvas, owner, left + x, y, top, channels)
        words[w] = 0


@njit(**_COMPILED)
def _soften(image: Pixels, canvas: Packed, owner: Pixels, x: int, y: int, top: int, channels: int) -> None:
    """Mixes one pixel, beside which another part begins, with its surroundings."""
    height, width = owner.shape
    own = owner[y, x]
    upright, level = owner[y, x - 1] != own or owner[y, x + 1] != own, owner[y - 1, x] != own or owner[y + 1, x] != own
    row = (y - top) * width
    at = row + x
    mixed, weight = np.uint64(0), np.uint64(0)
    if upright:
        mixed += _along(canvas, x - top * width, height, width, y) + _across(canvas, at - 1, at + 1)
        weight += np.uint64(TOGETHER + 2 * ACROSS_WEIGHT)
    if level:
        mixed += _along(canvas, row, width, 1, x) + _across(canvas, at - width, at + width)
        weight += np.uint64(TOGETHER + 2 * ACROSS_WEIGHT)
    for k in range(channels):
        image[(y * width + x) * channels + k] = (mixed >> np.uint64(16 * k) & np.uint64(0xFFFF)) // weight


@njit(forceinline=True, **_COMPILED)
def _along(canvas: Packed, first: int, count: int, stride: int, middle: int) -> np.uint64:
    """A column or row of count pixels, from index first on, mixed around its middle one: four sums of 16 bits."""
    total = np.uint64(0)
    for k in range(-REACH_PX, REACH_PX + 1):
        place = min(max(middle + k, 0), count - 1)
        total += np.uint64(REACH_PX + 1 - abs(k)) * _apart(canvas[first + place * stride])
    return total


@njit(forceinline=True, **_COMPILED)
def _across(canvas: Packed, one: int, other: int) -> np.uint64:
    both = _apart(canvas[one]) + _apart(canvas[other])
    return np.uint64(both * np.uint64(ACROSS_WEIGHT))


@njit(forceinline=True, **_COMPILED)
def _apart(pixel: np.uint32) -> np.uint64:
    """A pixel's four bytes with eight empty bits over each: sums of up to 257 of them do not meet."""
    wide = np.uint64(pixel)
    wide = (wide | wide << np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
    return (wide | wide << np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
