"""A picture and which of its pixels are known in, the unknown ones filled from those around them out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

GRAIN_SIGMA_MM = 1.5
"""Structure finer than this is grain: it is laid over what was filled in, or that would look too smooth."""


def flow_in(image: Floats, known: Floats) -> Floats:
    """Unknown pixels of (H, W, C) from known (H, W) 0..1 ones: averaged down a pyramid, filled up again from the coarse
    (Gortler 1996)."""
    height, width = known.shape
    if known.all() or min(height, width) <= 2:
        total = max(float(known.sum()), 1e-6)
        mean = (image * known[..., None]).sum(axis=(0, 1)) / total
        return np.where(known[..., None] > 0, image, mean).astype(np.float32)
    size = ((width + 1) // 2, (height + 1) // 2)
    weight = cv2.resize(known, size, interpolation=cv2.INTER_AREA)
    small = cv2.resize(image * known[..., None], size, interpolation=cv2.INTER_AREA)
    small = small / np.maximum(weight, 1e-6)[..., None]
    coarse = flow_in(small, np.minimum(weight * 4, 1))
    wide = cv2.GaussianBlur(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), (3, 3), 0)
    return np.asarray(image * known[..., None] + wide * (1 - known[..., None]), np.float32)


def grain_spread(image: Pixels, known: npt.NDArray[np.bool_], mm_per_pixel: float) -> Floats:
    """(3,) how strong the grain of an image (H, W, 3) is where it is known (H, W), edges apart."""
    if not known.any():
        return np.zeros(3, np.float32)
    fine = image.astype(np.float32)
    fine = fine - cv2.GaussianBlur(fine, (0, 0), max(GRAIN_SIGMA_MM / mm_per_pixel, 0.6))
    return np.asarray(np.median(np.abs(fine[known]), axis=0) * 1.48, np.float32)


def grain(shape: tuple[int, ...], spread: Floats) -> Floats:
    """(H, W, 3) noise of that spread (3,), the same at every call."""
    noise = np.random.default_rng(3).standard_normal(shape[:2], np.float32)
    return np.asarray(noise[..., None] * spread, np.float32)
