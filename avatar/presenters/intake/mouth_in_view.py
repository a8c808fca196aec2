"""A picture and a measured face in, whether its mouth can be seen out.

A mask, a hand or a scarf may lie over it. Bounds are set between the least of 34 pictures with a mouth (five paintings,
two talkers, a photo and the presenter Ada; also grey, blurred and noisy) and what FaceMesh imagines on the same faces
behind masks, hands, books and scarves.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import Face

Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Pixels = npt.NDArray[np.uint8]

UPPER_OUTER = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
UPPER_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
LOWER_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
"""FaceMesh's points from the viewer's left corner to the right one."""
PUPILS_APART_PX = 100
SIDE_PX = 300
RING_PX = (5, 14)
"""Skin is looked at this far outside the lips."""
SEAM_COLUMNS = range(3, 8)
"""The middle half of the mouth: at its corners there is always a shadow."""
CLOSED_GAP_PX = 3.0
NO_LIPS, FAINT_LIPS = 2.5, 4.0
"""Difference in colour (CIE76) between lips and skin: least seen 5.3, in a blurred Mona Lisa; under masks 0 to 3.3."""
NO_SEAM, FAINT_SEAM = 1.0, 2.0
"""How much darker (L*) the line between closed lips is than the lips: least seen 3.1; on patterned cloth 1.3."""


@dataclass(frozen=True, slots=True)
class MouthSeen:
    """What tells a mouth from cloth."""

    colour: float
    """Difference between lips and the skin round them, CIE76."""
    seam: float
    """How much darker the line between the lips is than the lips, L*."""
    is_open: bool
    """An open mouth shows teeth or darkness and has no seam."""

    @property
    def is_in_view(self) -> bool:
        """False where cloth, a hand or anything else lies over the mouth."""
        if self.colour < NO_LIPS or (not self.is_open and self.seam < NO_SEAM):
            return False
        return self.colour >= FAINT_LIPS or self.is_open or self.seam >= FAINT_SEAM


def look_at_mouth(image: Pixels, face: Face) -> MouthSeen:
    """image (H, W, 3) sRGB, in which the face was found."""
    crop, points = _crop(image, face)
    lab = cv2.cvtColor(crop.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    upper = _inside(np.vstack([points[list(UPPER_OUTER)], points[list(UPPER_INNER)][::-1]]))
    lower = _inside(np.vstack([points[list(LOWER_OUTER)], points[list(LOWER_INNER)][::-1]]))
    whole = _inside(np.vstack([points[list(UPPER_OUTER)], points[list(LOWER_OUTER)][::-1]]))
    near, far = (_grown(whole, reach_px) for reach_px in RING_PX)
    of_upper, of_lower, of_skin = (_colour(lab, mask) for mask in (upper, lower, far & ~near))
    gap_px = float(np.linalg.norm(points[list(UPPER_INNER)][5] - points[list(LOWER_INNER)][5]))
    colour = float(np.linalg.norm((of_upper + of_lower) / 2 - of_skin))
    return MouthSeen(colour, _seam(lab[:, :, 0], points), gap_px > CLOSED_GAP_PX)


def _crop(image: Pixels, face: Face) -> tuple[Pixels, Doubles]:
    """A square round the mouth in which pupils are PUPILS_APART_PX apart, and all points in it."""
    scale = PUPILS_APART_PX / face.pupil_distance_px
    middle = face.points[[UPPER_INNER[5], LOWER_INNER[5]], :2].mean(axis=0)
    shift = SIDE_PX / 2 - middle * scale
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    to_crop = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    crop = cv2.warpAffine(image, to_crop, (SIDE_PX, SIDE_PX), flags=way, borderMode=cv2.BORDER_REPLICATE)
    return crop, face.points[:, :2] * scale + shift


def _inside(outline: Doubles) -> Mask:
    drawn = np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    cv2.fillPoly(drawn, [np.round(outline * 8).astype(np.int32)], 255, shift=3)
    return drawn > 0


def _grown(mask: Mask, reach_px: int) -> Mask:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach_px + 1, 2 * reach_px + 1))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc) > 0)


def _colour(lab: npt.NDArray[np.float32], mask: Mask) -> npt.NDArray[np.float32]:
    """(3,) the median of a region, without its edge where it has an inside."""
    core = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    chosen = core if core.sum() > 20 else mask
    return np.median(lab[chosen], axis=0) if chosen.any() else np.zeros(3, np.float32)


def _seam(lightness: npt.NDArray[np.float32], points: Doubles) -> float:
    """The median over a few columns of how much darker the darkest place between the lips is than either lip."""
    found = []
    for column in SEAM_COLUMNS:
        upper_edge, lower_edge = points[UPPER_OUTER[column]], points[LOWER_OUTER[column]]
        upper, lower = points[UPPER_INNER[column]], points[LOWER_INNER[column]]
        middle, reach = (upper + lower) / 2, 4 + np.linalg.norm(upper - lower) / 2
        x = round(float(middle[0]))
        strip = lightness[:, max(0, x - 1) : x + 2].mean(axis=1)
        lips = [_mean(strip, upper_edge[1], upper[1]), _mean(strip, lower[1], lower_edge[1])]
        between = strip[max(0, int(middle[1] - reach)) : int(middle[1] + reach) + 1]
        found.append(min(lips) - float(between.min()) if len(between) else 0.0)
    return float(np.median(found))


def _mean(strip: npt.NDArray[np.float32], top: float, bottom: float) -> float:
    return float(strip[int(top) : max(int(bottom), int(top)) + 1].mean())
