"""A drawn picture with its depth and owners in, the same picture with softened outlines out.

Only pixels where one part ends and something clearly further away begins are touched, so skin and lips stay sharp.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

STEP_MM = 1.5
"""A depth step of this size between neighbours of different parts is an outline."""
OWN_WEIGHT = 2.0
"""Weight of the pixel itself against 1 for each of its four neighbours."""


@njit(nogil=True, cache=True, fastmath=True)
def smooth_edges(image: Pixels, depth: Floats, owner: Pixels) -> None:
    """Blends outline pixels with their four neighbours in place: image (H, W, 3), depth (H, W) mm, owner (H, W)."""
    height, width = depth.shape
    step = np.float32(STEP_MM)
    rows = np.empty(height * width // 8, np.int32)
    columns = np.empty(height * width // 8, np.int32)
    count = 0
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            part = owner[y, x]
            if (
                part == owner[y, x + 1]
                and part == owner[y + 1, x]
                and part == owner[y, x - 1]
                and part == owner[y - 1, x]
            ):
                continue
            z = depth[y, x]
            if (
                abs(z - depth[y, x - 1]) > step
                or abs(z - depth[y, x + 1]) > step
                or abs(z - depth[y - 1, x]) > step
                or abs(z - depth[y + 1, x]) > step
            ) and count < rows.shape[0]:
                rows[count], columns[count] = y, x
                count += 1
    blended = np.empty((count, 3), np.uint8)
    for i in range(count):
        y, x = rows[i], columns[i]
        for k in range(3):
            around = (
                np.float32(image[y, x - 1, k])
                + np.float32(image[y, x + 1, k])
                + np.float32(image[y - 1, x, k])
                + np.float32(image[y + 1, x, k])
            )
            own = np.float32(OWN_WEIGHT) * np.float32(image[y, x, k])
            blended[i, k] = np.uint8((own + around) / np.float32(OWN_WEIGHT + 4.0))
    for i in range(count):
        for k in range(3):
            image[rows[i], columns[i], k] = blended[i, k]
