"""Places on a surface in, soft masks of spots, strokes and grain out: what the painters paint with."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float32]
Point = tuple[float, float, float]

REACH_MM = 14.0
"""A stroke is felt no farther from its line than this."""


def spot(place: Floats, centre: Point, widths: Point, is_mirrored: bool = True) -> Floats:
    """(H, W) 0..1: a Gaussian round the centre with these widths (standard deviations, mm), and its mirror image."""
    x = place[..., 0]
    if is_mirrored:
        x = -np.abs(x)
        centre = (-abs(centre[0]), centre[1], centre[2])
    square = ((x - centre[0]) / widths[0]) ** 2
    square = square + ((place[..., 1] - centre[1]) / widths[1]) ** 2 + ((place[..., 2] - centre[2]) / widths[2]) ** 2
    mask: Floats = np.exp(-0.5 * square).astype(np.float32)
    return mask


def stroke_distance(place: Floats, line: npt.ArrayLike, is_mirrored: bool = True) -> tuple[Floats, Floats]:
    """(H, W) mm from the polyline, and where along it (0..1) the nearest point lies; the line given for x < 0.

    Farther than REACH_MM away the distance is a kilometre.
    """
    points = np.ascontiguousarray(line, np.float32)
    distance = np.full(place.shape[:2], 1e6, np.float32)
    along = np.zeros(place.shape[:2], np.float32)
    lengths = np.linalg.norm(np.diff(points, axis=0), axis=1).astype(np.float32)
    _nearest_on(distance, along, np.ascontiguousarray(place, np.float32), points, lengths, is_mirrored)
    return distance, along


@njit(cache=False)
def _nearest_on(
    distance: Floats, along: Floats, place: Floats, points: Floats, lengths: Floats, is_mirrored: bool
) -> None:
    low = np.array([points[:, k].min() - REACH_MM for k in range(3)])
    high = np.array([points[:, k].max() + REACH_MM for k in range(3)])
    total = max(lengths.sum(), 1e-6)
    for row in range(place.shape[0]):
        for column in range(place.shape[1]):
            x, y, z = place[row, column]
            if is_mirrored:
                x = -abs(x)
            if not (low[0] < x < high[0] and low[1] < y < high[1] and low[2] < z < high[2]):
                continue
            best, start = 1e12, 0.0
            for k in range(len(lengths)):
                ax, ay, az = points[k]
                bx, by, bz = points[k + 1, 0] - ax, points[k + 1, 1] - ay, points[k + 1, 2] - az
                t = ((x - ax) * bx + (y - ay) * by + (z - az) * bz) / max(lengths[k] ** 2, 1e-9)
                t = min(max(t, 0.0), 1.0)
                square = (x - ax - t * bx) ** 2 + (y - ay - t * by) ** 2 + (z - az - t * bz) ** 2
                if square < best:
                    best = square
                    along[row, column] = (start + t * lengths[k]) / total
                start += lengths[k]
            distance[row, column] = np.sqrt(best)


def stroke(place: Floats, line: npt.ArrayLike, width: float, is_mirrored: bool = True, taper: float = 0.0) -> Floats:
    """(H, W) 0..1: a soft line of that width (standard deviation, mm), thinning towards both ends by taper 0..1."""
    distance, along = stroke_distance(place, line, is_mirrored)
    strength = 1 - taper * (2 * np.abs(along - 0.5)) ** 2
    mask: Floats = (strength * np.exp(-0.5 * (distance / width) ** 2)).astype(np.float32)
    return mask


def grain(side: int, width_px: float, seed: int) -> Floats:
    """(side, side): smooth noise of that grain width, mean 0, standard deviation 1."""
    rng = np.random.default_rng(seed)
    small = max(int(side / max(width_px / 2, 1)), 4)
    noise = rng.standard_normal((small, small)).astype(np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), 1.0 if width_px > 2 else 0.6)
    noise = cv2.resize(noise, (side, side), interpolation=cv2.INTER_CUBIC)
    grained: Floats = ((noise - noise.mean()) / noise.std()).astype(np.float32)
    return grained


def tint(canvas: Floats, mask: Floats, colour: Point, strength: float) -> None:
    """Moves the canvas (H, W, 3) towards the colour where the mask is, in place."""
    share = np.clip(mask * strength, 0, 1)[..., None]
    canvas += (np.array(colour, np.float32) - canvas) * share


def smooth(x: Floats, low: float, high: float) -> Floats:
    """0 below low, 1 above high, an S between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)
