"""A picture and its matte in, the person and the background out, each without the other."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.backdrop import calm, vignette
from avatar.presenters.from_picture.canvas import Grid, beyond_mm, out_of_focus, sample
from avatar.presenters.from_picture.fill import flow_in, grain, grain_spread
from avatar.presenters.from_picture.pose import Pose

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

CLEAR_MM = 5.0
"""The background is trusted this far from where the matte begins."""
DOUBTED_MM = (20.0, 45.0)
"""So close to the person the background may hold some of it: the backdrop takes none of its colours within the first
distance, and nothing within it is mirrored beyond the picture's edge; beyond the second all is believed."""
CALM_FROM_MM, CALM_AT_MM = -25.0, 70.0
"""Beyond the edge: from the first distance (within it) on the background passes into the backdrop, which is all that
is seen from the second on."""
SOFTER_FROM_MM = 12.0
"""So far within the edge the background begins to go out of focus."""
GRAIN_LEFT = 0.6
"""Share of the picture's grain that lies on the backdrop: without any it would show steps of colour."""
PERSON_BLUR_SHARE = 0.5
"""The person beyond the edge goes out of focus sooner than the background (canvas.py), or its outermost pixels would
show as stripes."""
TELLING = 60.0
"""Where person and background differ by more than this (sRGB), their colours tell which is which."""
CERTAIN = 0.97
"""Pixels that are the person by more than this have the person's own colour."""
LEAST_ALPHA = 0.3
"""Where less of the person is in a pixel, its colour is not told apart from the background's."""


@dataclass(frozen=True, slots=True)
class Layers:
    """A picture taken apart, on one grid: one over the other, person and plate are the picture again."""

    person: Pixels
    """(H, W, 4), how far a pixel is the person as alpha."""
    plate: Pixels
    """(H, W, 3)."""
    fade: Pixels
    """(H, W): how much of the person is shown, of 255: less towards an edge of the picture that cuts it."""

    @property
    def shown(self) -> Pixels:
        """The person (H, W, 4) as far as it is shown."""
        return faded(self.person, self.fade)


def separate(image: Pixels, matte: Floats, pose: Pose, grid: Grid, face: Doubles) -> Layers:
    """image (H, W, 3) and matte (H, W) 0..1, continued beyond the picture's edges; face (N, 2) mm is its outline.

    There the background grows calm, and the person, where the picture cuts it, fades.
    """
    seen = image.astype(np.float32)
    away_mm = _away(matte > 0.02) * pose.mm_per_pixel
    is_clear = away_mm > max(CLEAR_MM, pose.mm_per_pixel)
    spread = grain_spread(image, is_clear, pose.mm_per_pixel)
    fill = flow_in(seen, is_clear.astype(np.float32)) + grain(image.shape, spread)
    own = flow_in(seen, (matte > CERTAIN).astype(np.float32))
    matte = _by_colour(seen, matte, own, fill)
    own, behind = _shared(seen, matte[..., None], np.clip(own, 0, 255), np.clip(fill, 0, 255))
    beyond, kept = beyond_mm(image.shape, pose, grid), vignette(image.shape, pose, grid, face)
    plate = sample(_bytes(behind), pose, grid, cv2.BORDER_REFLECT_101)
    if beyond.max() > 0:
        even = calm(image, away_mm > DOUBTED_MM[0], pose, grid) + grain(beyond.shape, spread * GRAIN_LEFT)
        plate = out_of_focus(plate, beyond + SOFTER_FROM_MM, grid.mm_per_pixel)
        plate = _bytes(plate + (even - plate) * _calmness(away_mm, beyond, kept, pose, grid)[..., None])
    person = sample(np.dstack([_bytes(own), _bytes(matte * 255)]), pose, grid)
    person = out_of_focus(person, beyond, grid.mm_per_pixel, PERSON_BLUR_SHARE)
    return Layers(person, plate, _bytes(kept * 255))


def _away(mask: npt.NDArray[np.bool_]) -> Floats:
    """(H, W) pixels from the mask; far, where it is empty."""
    if not mask.any():
        return np.full(mask.shape, np.inf, np.float32)
    return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5), np.float32)


def _calmness(away_mm: Floats, beyond: Floats, kept: Floats, pose: Pose, grid: Grid) -> Floats:
    """(H, W) of the grid, 0..1: how far the background, away_mm from the person, gives way to the backdrop."""
    out = np.clip((beyond - CALM_FROM_MM) / (CALM_AT_MM - CALM_FROM_MM), 0, 1)
    # What the matte left of the person must not be mirrored beyond the edge, nor show where the person fades.
    doubt = np.clip((DOUBTED_MM[1] - away_mm) / (DOUBTED_MM[1] - DOUBTED_MM[0]), 0, 1).astype(np.float32)
    doubt = sample(doubt, pose, grid, cv2.BORDER_REFLECT_101)
    return np.maximum(out * out * (3 - 2 * out), doubt * (1 - kept))


def faded(person: Pixels, fade: Pixels) -> Pixels:
    """person (H, W, 4) of which so much is left, fade (H, W) of 255."""
    return np.dstack([person[..., :3], _bytes(person[..., 3].astype(np.float32) * fade / 255)])


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
