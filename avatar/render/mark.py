"""A finished picture in, the same with a small visible mark that the face is synthetic out.

In the upper right corner: captions run along the lower edge, and no framing puts the mouth there. The word is drawn
once for each size of picture and then blended, which takes a few hundredths of a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]
Amounts = npt.NDArray[np.uint16]

WORD = "synthetic"
LETTER_SHARE = 0.027
"""Size of the letters over the picture's height, or over that of a 16:9 picture as wide, whichever is less."""
SMALLEST_PX, LARGEST_PX = 10.0, 40.0
"""Below the one letters cannot be read, beyond the other they get in the way."""
GROUND, LETTERS = (22, 26, 32), (255, 255, 255)
GROUND_OPACITY, LETTER_OPACITY = 0.5, 0.95
"""White letters keep a contrast of 3:1 on a white wall too, the least for large print (WCAG 2.2, 1.4.3)."""
SMOOTH = 4
"""Drawn this much larger and made smaller, for smooth edges."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is blended, ready for one size of picture."""

    top: int
    left: int
    keeps: Amounts
    """(h, w, 1) 0..256: how much of the picture stays."""
    adds: Amounts
    """(h, w, 3) colour times its amount, 0..65280."""
    alpha: Pixels
    """(h, w) 0..255, for pictures with a fourth channel."""


def mark(picture: Pixels) -> Pixels:
    """Marks (H, W, 3), or (H, W, 4) with straight alpha, in place; where no word fits, it stays bare."""
    stamp = _stamp(picture.shape[0], picture.shape[1])
    if stamp is None:
        return picture
    height, width = stamp.alpha.shape
    place = picture[stamp.top : stamp.top + height, stamp.left : stamp.left + width]
    if picture.shape[2] == 4:
        _blend_clear(place, stamp)
    else:
        place[:] = (place * stamp.keeps + stamp.adds) >> 8
    return picture


def _blend_clear(place: Pixels, stamp: Stamp) -> None:
    """Over what may be clear: the stamp's colours count by their share of what can be seen."""
    over = stamp.alpha.astype(np.float32)[:, :, None] / 255
    under = place[:, :, 3:].astype(np.float32) / 255 * (1 - over)
    seen = over + under
    colour = stamp.adds / (256 * np.maximum(over, 1e-6))
    mixed = (colour * over + place[:, :, :3] * under) / np.maximum(seen, 1e-6)
    place[:, :, :3] = np.clip(mixed + 0.5, 0, 255)
    place[:, :, 3:] = np.clip(seen * 255 + 0.5, 0, 255)


@lru_cache(maxsize=16)
def _stamp(height: int, width: int) -> Stamp | None:
    size_px = min(LARGEST_PX, max(SMALLEST_PX, LETTER_SHARE * min(height, width * 9 / 16)))
    font = ImageFont.load_default(size_px * SMOOTH)
    left, top, right, bottom = font.getbbox(WORD)
    across, down = (right - left) / SMOOTH + 1.3 * size_px, 1.45 * size_px
    box = (round(across), round(down))
    margin = round(0.7 * size_px)
    if box[0] + 2 * margin > width * 0.6 or box[1] + 2 * margin > height * 0.3:
        return None
    ground, letters = (Image.new("L", (box[0] * SMOOTH, box[1] * SMOOTH)) for _ in range(2))
    corner = box[1] * SMOOTH // 2
    ImageDraw.Draw(ground).rounded_rectangle((0, 0, ground.width - 1, ground.height - 1), corner, fill=255)
    middle = ((ground.width - right - left) / 2, (ground.height - top - bottom) / 2)
    ImageDraw.Draw(letters).text(middle, WORD, fill=255, font=font)
    of_ground = _shrunk(ground, box) * GROUND_OPACITY
    of_letters = _shrunk(letters, box) * LETTER_OPACITY
    colour = of_letters[..., None] * LETTERS + ((1 - of_letters) * of_ground)[..., None] * GROUND
    alpha = of_letters + (1 - of_letters) * of_ground
    keeps = np.round((1 - alpha) * 256)[..., None].astype(np.uint16)
    return Stamp(margin, width - margin - box[0], keeps, (colour * 256).astype(np.uint16), _bytes(alpha))


def _shrunk(drawn: Image.Image, size: tuple[int, int]) -> npt.NDArray[np.float64]:
    """(h, w) 0..1."""
    small = cv2.resize(np.asarray(drawn), size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float64) / 255


def _bytes(share: npt.NDArray[np.float64]) -> Pixels:
    return np.asarray(np.round(share * 255), np.uint8)
