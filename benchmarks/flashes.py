"""Frames of a film in, the area that flashes more often than three times in a second out (WCAG 2.3.1).

A general flash is a pair of opposing changes of relative luminance by a tenth of the most there is, where the darker
picture is below .80; an area is dangerous from a quarter of a 10-degree field, 21,824 CSS pixels (lipreading.md 5).
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from narrator.flow import RgbImage

Floats = npt.NDArray[np.float32]

SWING = 0.10
DARKER_BELOW = 0.80
FLASHES = 3
"""More than this many in any second."""
DANGEROUS_PX = 21_824
COARSE = 4
"""Luminance is taken over squares of so many pixels: areas of thousands do not need finer."""
LEVELS = np.array(
    [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255], np.float32
)
WEIGHTS = np.array([[0.2126, 0.7152, 0.0722]], np.float32)


def luminance_of(image: RgbImage) -> Floats:
    """(height / COARSE, width / COARSE) relative luminance 0..1 of an sRGB picture, by WCAG 2.2."""
    size = (image.shape[1] // COARSE, image.shape[0] // COARSE)
    return np.asarray(cv2.resize(cv2.transform(LEVELS[image], WEIGHTS), size, interpolation=cv2.INTER_AREA), np.float32)


def flashing_px(frames: Iterable[Floats], fps: float, where: npt.NDArray[np.bool_] | None = None) -> int:
    """The largest connected area, in pixels of the picture, that flashes too often in any second.

    where: (h, w) of the frames, the part of the picture that is looked at.
    """
    halves = swings(frames)
    window = max(1, round(fps))
    worst = 0
    counts = np.cumsum(halves, axis=0, dtype=np.int32)
    for end in range(len(halves)):
        before = counts[end - window] if end >= window else 0
        flashes = (counts[end] - before) // 2
        often = flashes > FLASHES if where is None else (flashes > FLASHES) & where
        worst = max(worst, _largest_area(often.astype(np.uint8)))
    return worst * COARSE**2


def swings(frames: Iterable[Floats]) -> npt.NDArray[np.uint8]:
    """(frames, h, w): 1 where the luminance has by that frame turned and moved by SWING since its last extreme."""
    found: list[npt.NDArray[np.uint8]] = []
    low = high = direction = None
    for frame in frames:
        if low is None or high is None or direction is None:
            low, high, direction = frame.copy(), frame.copy(), np.zeros(frame.shape, np.int8)
        np.minimum(low, frame, out=low)
        np.maximum(high, frame, out=high)
        rises = (frame - low >= SWING) & (low < DARKER_BELOW) & (direction <= 0)
        falls = (high - frame >= SWING) & (frame < DARKER_BELOW) & (direction >= 0) & ~rises
        direction[rises], direction[falls] = 1, -1
        turned = rises | falls
        # From an extreme on, only what lies beyond it on the way back counts.
        low[turned] = frame[turned]
        high[turned] = frame[turned]
        found.append(turned.astype(np.uint8))
    return np.array(found, np.uint8)


def _largest_area(mask: npt.NDArray[np.uint8]) -> int:
    if not mask.any():
        return 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return int(stats[1:, cv2.CC_STAT_AREA].max())
