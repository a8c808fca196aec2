"""A picture and its matte in, the person and the background out, each without the other."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.canvas import Grid, beyond_mm, out_of_focus, sample
from avatar.presenters.from_picture.pose import Pose

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

CLEAR_MM = 5.0
"""The background is trusted this far from where the matte begins."""
EDGE_MM = 6.0
"""Where the picture ends, the person passes into the still background within this distance."""
LOST_MM = 110.0
"""This far beyond it nothing is left of the person."""
TELLING = 60.0
"""Where person and background differ by more than this (sRGB), their colours tell which is which."""
CERTAIN = 0.97
"""Pixels that are the person by more than this have the person's own colour."""
LEAST_ALPHA = 0.3
"""Where less of the person is in a pixel, its colour is not told apart from the background's."""
GRAIN_SIGMA_MM = 1.5
"""Structure finer than this is grain: it is laid over what was filled in, or that would look too smooth."""


@dataclass(frozen=True, slots=True)
class Layers:
    """A picture taken apart, on one grid: one over the other, person and plate are the picture again."""

    person: Pixels
    """(H, W, 4), how far a pixel is the person as alpha."""
    plate: Pixels
    """(H, W, 3)."""


def separate(image: Pixels, matte: Floats, pose: Pose, grid: Grid) -> Layers:
    """image (H, W, 3) and matte (H, W) 0..1, continued beyond the picture's edges.

    There the background is its own mirror image, the more out of focus the farther; the person stands still and fades.
    """
    reach = max(int(CLEAR_MM / pose.mm_per_pixel), 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    is_near = cv2.dilate((matte > 0.02).astype(np.uint8), kernel)
    seen = image.astype(np.float32)
    fill = _flow_in(seen, (is_near == 0).astype(np.float32)) + _grain(
        image, is_near, GRAIN_SIGMA_MM / pose.mm_per_pixel
    )
    own = _flow_in(seen, (matte > CERTAIN).astype(np.float32))
    matte = _by_colour(seen, matte, own, fill)
    own, behind = _shared(seen, matte[..., None], np.clip(own, 0, 255), np.clip(fill, 0, 255))
    beyond = beyond_mm(image.shape, pose, grid)
    plate = out_of_focus(sample(_bytes(behind), pose, grid, cv2.BORDER_REFLECT_101), beyond, grid.mm_per_pixel)
    if beyond.max() > 0:
        smear = out_of_focus(sample(image, pose, grid, cv2.BORDER_REPLICATE), beyond, grid.mm_per_pixel)
        near_edge = np.where(beyond > 0, np.clip(1 - beyond / LOST_MM, 0, 1) ** 2, 0)
        lingers = cv2.GaussianBlur(sample(matte, pose, grid), (0, 0), 4 / grid.mm_per_pixel) * near_edge
        plate = _bytes(plate + (smear.astype(np.float32) - plate) * lingers[..., None])
    alpha = np.clip(sample(matte, pose, grid), 0, 1) * np.clip(1 - beyond / EDGE_MM, 0, 1)
    return Layers(np.dstack([sample(_bytes(own), pose, grid), _bytes(alpha * 255)]), plate)


def _by_colour(seen: Floats, matte: Floats, own: Floats, behind: Floats) -> Floats:
    """The matte (H, W) where it is in doubt, as the colours tell: how far each pixel lies from background to person."""
    apart = own - behind
    square = (apart**2).sum(axis=-1)
    told = np.clip(((seen - behind) * apart).sum(axis=-1) / np.maximum(square, 1.0), 0, 1)
    trust = np.clip(8 * matte * (1 - matte), 0, 1) * np.clip(np.sqrt(square) / TELLING - 0.5, 0, 1)
    return np.asarray(matte + (told - matte) * trust, np.float32)


def _shared(seen: Floats, alpha: Floats, own: Floats, behind: Floats) -> tuple[Floats, Floats]:
    """The person's and the background's colours (H, W, 3) so changed that mixed by alpha (H, W, 1) they are seen."""
    solved = (seen - (1 - alpha) * behind) / np.maximum(alpha, LEAST_ALPHA)
    own = np.clip(own + (solved - own) * _told_apart(alpha), 0, 255)
    missed = seen - alpha * own - (1 - alpha) * behind
    # Only where hardly anything is the person may the background take the rest: it would show as a ghost.
    return own, behind + missed * np.clip(1 - alpha / LEAST_ALPHA, 0, 1)


def _told_apart(alpha: Floats) -> Floats:
    """0..1: how far the person's own colour can be worked out of a pixel that is the person by alpha."""
    return np.asarray(np.clip(2 * alpha / LEAST_ALPHA - 1, 0, 1), np.float32)


def _bytes(values: npt.NDArray[np.generic]) -> Pixels:
    pixels: Pixels = np.clip(np.asarray(values, np.float32) + 0.5, 0, 255).astype(np.uint8)
    return pixels


def person_over(laid: Pixels, person: Pixels, plate: Pixels) -> Pixels:
    """person (H, W, 4), coarse, with the finer colours of laid (H, W, 3): over the plate it is laid again."""
    alpha = person[..., 3:].astype(np.float32) / 255
    own = (laid - (1 - alpha) * plate) / np.maximum(alpha, LEAST_ALPHA)
    own = person[..., :3] + (own - person[..., :3]) * _told_apart(alpha)
    return np.dstack([_bytes(own), person[..., 3:]])


def _flow_in(image: Floats, known: Floats) -> Floats:
    """Unknown pixels from known ones: averaged down a pyramid, filled up again from the coarse (Gortler 1996)."""
    height, width = known.shape
    if known.all() or min(height, width) <= 2:
        total = max(float(known.sum()), 1e-6)
        mean = (image * known[..., None]).sum(axis=(0, 1)) / total
        return np.where(known[..., None] > 0, image, mean).astype(np.float32)
    size = ((width + 1) // 2, (height + 1) // 2)
    weight = cv2.resize(known, size, interpolation=cv2.INTER_AREA)
    small = cv2.resize(image * known[..., None], size, interpolation=cv2.INTER_AREA)
    small = small / np.maximum(weight, 1e-6)[..., None]
    coarse = _flow_in(small, np.minimum(weight * 4, 1))
    wide = cv2.GaussianBlur(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), (3, 3), 0)
    return np.asarray(image * known[..., None] + wide * (1 - known[..., None]), np.float32)


def _grain(laid: Pixels, is_person: Pixels, sigma_px: float) -> Floats:
    """(H, W, 3) noise as strong as the background's own, away from its edges."""
    fine = laid.astype(np.float32)
    fine = fine - cv2.GaussianBlur(fine, (0, 0), max(sigma_px, 0.6))
    spread = np.median(np.abs(fine[is_person == 0]), axis=0) * 1.48 if (is_person == 0).any() else np.zeros(3)
    noise = np.random.default_rng(3).normal(0, 1, laid.shape[:2]).astype(np.float32)[..., None]
    return np.asarray(noise * spread, np.float32)
