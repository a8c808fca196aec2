"""A drawn picture with its depth and owners in, the same picture with softened outlines out.

Only pixels where one part ends and something clearly further away begins are touched, so skin and lips stay sharp.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]

STEP_MM = 1.5
"""A depth step of this size between neighbours of different parts is an outline."""
OWN_WEIGHT = 2.0
"""Weight of the pixel itself against 1 for each of its four neighbours."""
MOST_SHARE = 8
"""At most one pixel in this many can be an outline."""
WORD = 8
"""Pixels looked at in one go where nothing changes."""


class Outlines:
    """Softens the outlines of pictures of one size; belongs to one thread."""

    def __init__(self, height: int, width: int) -> None:
        self._cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
        self._words: Words = np.zeros(-(-height * width // WORD), np.uint64)
        self._changes = self._words.view(np.uint8)[: height * width].reshape(height, width)
        self._found = np.empty(height * width // MOST_SHARE, np.int64)

    def smooth(self, image: Pixels, depth: Floats, owner: Pixels) -> None:
        """Blends outline pixels with their four neighbours in place: image (H, W, 3), depth (H, W) mm, owner (H, W)."""
        cv2.morphologyEx(owner, cv2.MORPH_GRADIENT, self._cross, dst=self._changes)
        # Nothing lies beyond the rim that a pixel there could be blended with.
        self._changes[[0, -1]] = 0
        self._changes[:, [0, -1]] = 0
        _smooth(image.reshape(-1, 3), depth.reshape(-1), self._words, depth.shape[1], self._found)


@njit(nogil=True, cache=True, fastmath=True)
def _smooth(image: Pixels, depth: Floats, words: Words, width: int, found: npt.NDArray[np.int64]) -> None:
    count = _outlines(depth, words, width, found)
    blended = np.empty((count, 3), np.uint8)
    for i in range(count):
        at = found[i]
        for k in range(3):
            around = (
                np.float32(image[at - 1, k])
                + np.float32(image[at + 1, k])
                + np.float32(image[at - width, k])
                + np.float32(image[at + width, k])
            )
            own = np.float32(OWN_WEIGHT) * np.float32(image[at, k])
            blended[i, k] = np.uint8((own + around) / np.float32(OWN_WEIGHT + 4.0))
    for i in range(count):
        for k in range(3):
            image[found[i], k] = blended[i, k]


@njit(nogil=True, cache=True, fastmath=True)
def _outlines(depth: Floats, words: Words, width: int, found: npt.NDArray[np.int64]) -> int:
    """Fills found with the flat places of outline pixels; returns how many."""
    count = 0
    for w in range(words.shape[0]):
        if words[w] == 0:
            continue
        for byte in range(WORD):
            if (words[w] >> np.uint64(8 * byte)) & np.uint64(255) == 0:
                continue
            at = w * WORD + byte
            z = depth[at]
            step = max(
                max(abs(z - depth[at - 1]), abs(z - depth[at + 1])),
                max(abs(z - depth[at - width]), abs(z - depth[at + width])),
            )
            if step > STEP_MM and count < found.shape[0]:
                found[count] = at
                count += 1
    return count
