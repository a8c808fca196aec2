"""A film in, what FaceMesh sees of the mouth in every decoded frame out, with the mouth cut out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.face_mesh import PUPILS, FaceMesh, Sighting
from benchmarks.film_frames import film_frames
from narrator.flow import RgbImage

Doubles = npt.NDArray[np.float64]

CROP_WIDTH, CROP_HEIGHT = 224, 168
CROP_PUPILS = 1.12
"""Width of the cut-out in distances of the pupils: a mouth and a fifth of its width on either side."""
CROP_MIDDLE = 1.08
"""How far below the pupils' middle its middle lies, in distances of the pupils; the mouth of a usual face is there."""
NOSE_BASE, CROP_BELOW_NOSE = 2, 0.32
"""But at least so far below the nose's base: of a long face, or one whose pupils look near to each other since it is
turned, the lower lip would be cut off."""


@dataclass(frozen=True, slots=True)
class Sight:
    """(frames,) each; lengths over the distance of the pupils, NaN where no face was found."""

    gap: Doubles
    width: Doubles
    inner_width: Doubles
    crops: npt.NDArray[np.uint8]
    """(frames, CROP_HEIGHT, CROP_WIDTH, 3) sRGB; black where no face was found."""
    lips: npt.NDArray[np.float32]
    """(frames, 20, 2): the inner lips' ring in pixels of the crop, from the viewer's left corner over the upper lip."""


INNER_RING = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)


def see_film(path: Path) -> Sight:
    """Every frame of the film on its own."""
    return see(image for _, image in film_frames(path))


def see(images: Iterable[RgbImage]) -> Sight:
    """Every picture on its own."""
    gaps: list[tuple[float, float, float]] = []
    crops: list[RgbImage] = []
    rings: list[npt.NDArray[np.float32]] = []
    with FaceMesh() as instrument:
        for image in images:
            found = instrument.see(image)
            gaps.append((found.gap, found.width, found.inner_width) if found else (np.nan, np.nan, np.nan))
            crop, ring = cut_out(image, found) if found else _nothing()
            crops.append(crop)
            rings.append(ring)
    gap, width, inner_width = np.array(gaps, np.float64).reshape(-1, 3).T
    return Sight(gap, width, inner_width, np.array(crops, np.uint8), np.array(rings, np.float32))


def cut_out(image: RgbImage, found: Sighting) -> tuple[RgbImage, npt.NDArray[np.float32]]:
    """The mouth with the pupils level, placed by what the mouth does not move, and its inner ring in its pixels."""
    left, right = found.points[PUPILS[0]], found.points[PUPILS[1]]
    along = right - left
    scale = CROP_WIDTH / (CROP_PUPILS * float(np.hypot(*along)))
    cos, sin = along / np.hypot(*along)
    turn = scale * np.array([[cos, sin], [-sin, cos]])
    middle = (left + right) / 2
    nose_base = float((turn @ (found.points[NOSE_BASE] - middle))[1]) * CROP_PUPILS / CROP_WIDTH
    below = max(CROP_MIDDLE, nose_base + CROP_BELOW_NOSE)
    down = np.array([CROP_WIDTH / 2, CROP_HEIGHT / 2 - below * CROP_WIDTH / CROP_PUPILS])
    matrix = np.column_stack([turn, down - turn @ middle])
    crop = cv2.warpAffine(
        image, matrix, (CROP_WIDTH, CROP_HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    ring = found.points[list(INNER_RING)] @ turn.T + matrix[:, 2]
    return np.asarray(crop, np.uint8), ring.astype(np.float32)


def _nothing() -> tuple[RgbImage, npt.NDArray[np.float32]]:
    blank = np.zeros((CROP_HEIGHT, CROP_WIDTH, 3), np.uint8)
    return blank, np.zeros((len(INNER_RING), 2), np.float32)
