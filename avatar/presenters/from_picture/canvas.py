"""A picture and its face's pose in, the picture laid out in mm and continued beyond its edges out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.pose import Pose

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Raster = TypeVar("Raster", Floats, Pixels)

LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM = -605.0, 265.0, 605.0, -645.0
"""What the widest framing shows, and a little more."""
FINEST_PX_PER_MM = 1.7
"""Shoulders and background are kept no finer than this: 720 lines hold a signer's framing at 1.1."""
BLUR_SHARE = 0.24
"""Beyond the picture's edge its continuation is blurred by this share of the distance from the edge."""
BLUR_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a raster lies on the plane."""

    left_mm: float
    top_mm: float
    mm_per_pixel: float
    width: int
    height: int

    @property
    def right_mm(self) -> float:
        """x of the right edge."""
        return self.left_mm + self.width * self.mm_per_pixel

    @property
    def bottom_mm(self) -> float:
        """y of the lower edge."""
        return self.top_mm - self.height * self.mm_per_pixel

    def pixels_of(self, plane: Doubles) -> Doubles:
        """(N, 2) mm to (N, 2) columns and rows; 0 is the middle of the first pixel."""
        away = (plane - (self.left_mm, self.top_mm)) / (self.mm_per_pixel, -self.mm_per_pixel)
        return np.asarray(away - 0.5, np.float64)

    def uv_of(self, plane: Doubles) -> Floats:
        """(N, 2) places in a texture of this raster, 0..1."""
        uv = self.pixels_of(plane) / (self.width - 1, self.height - 1)
        return np.clip(uv, 0, 1).astype(np.float32)

    def plane(self) -> Doubles:
        """(height, width, 2) mm of every pixel's middle."""
        x = self.left_mm + (np.arange(self.width) + 0.5) * self.mm_per_pixel
        y = self.top_mm - (np.arange(self.height) + 0.5) * self.mm_per_pixel
        return np.stack(np.meshgrid(x, y), axis=-1)


def grid_over(left_mm: float, top_mm: float, right_mm: float, bottom_mm: float, mm_per_pixel: float) -> Grid:
    """The raster that covers the box."""
    width, height = (right_mm - left_mm) / mm_per_pixel, (top_mm - bottom_mm) / mm_per_pixel
    return Grid(left_mm, top_mm, mm_per_pixel, int(np.ceil(width)), int(np.ceil(height)))


def whole_grid(pose: Pose) -> Grid:
    """The raster of everything that a framing may show, about as fine as the picture."""
    return grid_over(LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM, max(pose.mm_per_pixel, 1 / FINEST_PX_PER_MM))


def out_of_focus(raster: Pixels, beyond: Floats, mm_per_pixel: float, blur_share: float = BLUR_SHARE) -> Pixels:
    """The raster (H, W, C), the more blurred the farther it lies beyond (H, W) mm the picture's edge."""
    if beyond.max() <= 0:
        return raster
    result = raster.astype(np.float32)
    # Each level is blurred twice as far as the one before; between levels the two are mixed.
    wanted = np.log2(np.maximum(beyond * blur_share / mm_per_pixel, 1e-3))
    for level in range(BLUR_LEVELS):
        share = np.clip(wanted - level + 1, 0, 1)[..., None]
        result = result + (_blurred(result, 2.0**level) - result) * share
    return np.clip(result + 0.5, 0, 255).astype(np.uint8)


def sample(image: Raster, pose: Pose, grid: Grid, border: int = cv2.BORDER_REPLICATE) -> Raster:
    """The picture resampled on the grid, without a blur of its own."""
    scale = grid.mm_per_pixel / pose.mm_per_pixel
    corner = pose.pixels_of_plane(np.array([[grid.left_mm, grid.top_mm]]))[0] + 0.5 * scale
    source: Raster = image
    if scale > 1:  # area-averaged first: warpAffine would skip pixels
        size = (max(round(image.shape[1] / scale), 1), max(round(image.shape[0] / scale), 1))
        source = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        shrink = np.array([image.shape[1] / size[0], image.shape[0] / size[1]])
        corner = (corner + 0.5) / shrink - 0.5
        steps = scale / shrink
    else:
        steps = np.array([scale, scale])
    to_source = np.array([[steps[0], 0, corner[0]], [0, steps[1], corner[1]]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    laid: Raster = cv2.warpAffine(source, to_source, (grid.width, grid.height), flags=flags, borderMode=border)
    return laid


def regrid(raster: Pixels, source: Grid, goal: Grid) -> Pixels:
    """A raster (H, W) or (H, W, C) on another grid, its edge repeated."""
    step = goal.mm_per_pixel / source.mm_per_pixel
    corner = source.pixels_of(np.array([[goal.left_mm, goal.top_mm]]))[0] + 0.5 * step
    to_source = np.array([[step, 0, corner[0]], [0, step, corner[1]]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (goal.width, goal.height)
    return np.asarray(cv2.warpAffine(raster, to_source, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def beyond_mm(shape: tuple[int, ...], pose: Pose, grid: Grid) -> Floats:
    """(height, width) mm outside a picture of this shape; negative within."""
    plane = grid.plane()
    edge = pose.plane_of_pixels(np.array([[-0.5, -0.5], [shape[1] - 0.5, shape[0] - 0.5]]))
    x = np.maximum(edge[0, 0] - plane[..., 0], plane[..., 0] - edge[1, 0])
    y = np.maximum(plane[..., 1] - edge[0, 1], edge[1, 1] - plane[..., 1])
    outside = np.hypot(np.maximum(x, 0), np.maximum(y, 0))
    return np.where(outside > 0, outside, np.maximum(x, y)).astype(np.float32)


def _blurred(image: Floats, sigma_px: float) -> Floats:
    """A Gaussian blur; a wide one on a smaller copy."""
    shrink = max(int(sigma_px / 4), 1)
    small = cv2.resize(image, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma_px / shrink)
    size = (image.shape[1], image.shape[0])
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.float32)
