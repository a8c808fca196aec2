"""Places on a surface in, soft masks of spots, strokes and grain out: what the painters paint with."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Point = tuple[float, float, float]


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
    """(H, W) mm from the polyline, and where along it (0..1) the nearest point lies; the line given for x < 0."""
    points = np.asarray(line, np.float32)
    at = place * np.array([-1, 1, 1], np.float32) * np.where(place[..., :1] > 0, 1, -1) if is_mirrored else place
    if is_mirrored:
        at = np.stack([-np.abs(place[..., 0]), place[..., 1], place[..., 2]], axis=-1)
    low, high = points.min(axis=0) - 14, points.max(axis=0) + 14
    near = ((at > low) & (at < high)).all(axis=-1)
    distance = np.full(near.shape, 1e3, np.float32)
    along = np.zeros(near.shape, np.float32)
    chosen = at[near]
    best, where = np.full(len(chosen), 1e6, np.float32), np.zeros(len(chosen), np.float32)
    lengths = np.linalg.norm(np.diff(points, axis=0), axis=1)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    for a, b, start, length in zip(points[:-1], points[1:], starts, lengths, strict=True):
        t = np.clip((chosen - a) @ (b - a) / max(length**2, 1e-9), 0, 1)
        d = np.linalg.norm(chosen - (a + t[:, None] * (b - a)), axis=1)
        closer = d < best
        best[closer], where[closer] = d[closer], (start + t[closer] * length) / lengths.sum()
    distance[near], along[near] = best, where
    return distance, along


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
