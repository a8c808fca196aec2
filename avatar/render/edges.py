"""A drawn picture with its depth and owners in, the same picture with softened outlines out.

Only pixels where one part ends and something clearly further away begins are touched, so skin and lips stay sharp.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

STEP_MM = 3.0
"""A depth step of this size between neighbours is an outline."""


@njit(nogil=True, cache=True, fastmath=True)
def smooth_edges(image: Pixels, depth: Floats, owner: Pixels) -> None:
    """Blends outline pixels with their neighbours in place: image (H, W, 3), depth (H, W) mm, owner (H, W).

    The weight follows how far a straight outline through the 3 x 3 neighbourhood covers the pixel.
    """
    height, width = depth.shape
    above = np.empty((2, width, 3), np.uint8)
    above[0] = image[0]
    for y in range(1, height - 1):
        above[1] = image[y]
        left = np.empty(3, np.float32)
        for k in range(3):
            left[k] = image[y, 0, k]
        for x in range(1, width - 1):
            z = depth[y, x]
            is_outline = (
                abs(z - depth[y, x - 1]) > STEP_MM
                or abs(z - depth[y, x + 1]) > STEP_MM
                or abs(z - depth[y - 1, x]) > STEP_MM
                or abs(z - depth[y + 1, x]) > STEP_MM
            ) and (
                owner[y, x] != owner[y, x - 1]
                or owner[y, x] != owner[y, x + 1]
                or owner[y, x] != owner[y - 1, x]
                or owner[y, x] != owner[y + 1, x]
            )
            for k in range(3):
                own = np.float32(image[y, x, k])
                if is_outline:
                    mean = (
                        np.float32(2.0) * own
                        + left[k]
                        + np.float32(above[0, x, k])
                        + np.float32(image[y, x + 1, k])
                        + np.float32(image[y + 1, x, k])
                    ) / np.float32(6.0)
                    image[y, x, k] = np.uint8(mean)
                left[k] = own
        above[0] = above[1]
