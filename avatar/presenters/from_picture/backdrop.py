"""A picture, its person and its edges in, the calm backdrop beyond and how the person fades into it out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.canvas import Grid, beyond_mm, grid_over, sample
from avatar.presenters.from_picture.fill import flow_in
from avatar.presenters.from_picture.pose import Pose
from avatar.render.jaw import smooth_step

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

CELL_MM, CELL_PIXELS = 20.0, 8
"""The backdrop's colours are medians of cells so wide, each read at so many places across: a spot or a thing in the
background leaves nothing."""
LEAST_KNOWN = 0.3
"""A cell counts where at least this share of it is background."""
CALM_BLUR_MM = 22.0
"""Cells pass into each other over this."""
FADE_MM = 80.0
"""Where the picture cuts the person, it fades over this distance, like a vignette ..."""
FADE_INSIDE_SHARE = 0.55
"""... as far within the picture as this share of the way to the face allows, and for the rest beyond it."""


def calm(image: Pixels, is_background: npt.NDArray[np.bool_], pose: Pose, grid: Grid) -> Floats:
    """(grid's height, width, 3) the background's large, soft colours, gone on evenly beyond the picture's edges.

    image (H, W, 3); is_background (H, W), safely so. Where there is none, the middle colour along the edges serves.
    """
    fine = grid_over(grid.left_mm, grid.top_mm, grid.right_mm, grid.bottom_mm, CELL_MM / CELL_PIXELS)
    rows, columns = -(-fine.height // CELL_PIXELS), -(-fine.width // CELL_PIXELS)
    fine = Grid(fine.left_mm, fine.top_mm, fine.mm_per_pixel, columns * CELL_PIXELS, rows * CELL_PIXELS)
    known = sample(is_background.astype(np.float32), pose, fine) > 0.9
    known &= beyond_mm(image.shape, pose, fine) < 0
    seen = sample(image, pose, fine).astype(np.float32)
    cells = _in_cells(seen, rows, columns)
    is_known = _in_cells(known[..., None], rows, columns)[..., 0]
    counts = is_known.mean(axis=1) >= LEAST_KNOWN
    if not counts.any():
        edges = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
        return np.broadcast_to(np.median(edges, axis=0), (grid.height, grid.width, 3)).astype(np.float32)
    colours = np.zeros((rows * columns, 3), np.float32)
    for cell in np.flatnonzero(counts):
        colours[cell] = np.median(cells[cell][is_known[cell]], axis=0)
    weight = counts.reshape(rows, columns).astype(np.float32)
    even = flow_in(colours.reshape(rows, columns, 3), weight)
    even = cv2.GaussianBlur(even, (0, 0), CALM_BLUR_MM / CELL_MM)
    across, down = (np.arange(count, dtype=np.float32) + 0.5 for count in (grid.width, grid.height))
    scale = grid.mm_per_pixel / CELL_MM
    x, y = np.meshgrid(across * scale - 0.5, down * scale - 0.5)
    return np.asarray(cv2.remap(even, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.float32)


def vignette(shape: tuple[int, ...], pose: Pose, grid: Grid, face: Doubles) -> Floats:
    """(grid's height, width) 1 well within a picture of this shape .. 0 beyond; spares the face's outline (N, 2) mm."""
    edge = pose.plane_of_pixels(np.array([[-0.5, -0.5], [shape[1] - 0.5, shape[0] - 0.5]]))
    plane = grid.plane()
    x, y = plane[0, :, 0], plane[:, 0, 1]
    across = _risen(x - edge[0, 0], face[:, 0].min() - edge[0, 0])
    across *= _risen(edge[1, 0] - x, edge[1, 0] - face[:, 0].max())
    down = _risen(edge[0, 1] - y, edge[0, 1] - face[:, 1].max())
    down *= _risen(y - edge[1, 1], face[:, 1].min() - edge[1, 1])
    return np.asarray(down[:, None] * across[None], np.float32)


def _risen(inside_mm: Doubles, room_mm: float) -> Doubles:
    """0 .. 1 at these distances within one edge of the picture, where the face lies room_mm from it."""
    within = min(max(FADE_INSIDE_SHARE * room_mm, 0.0), FADE_MM)
    return smooth_step(inside_mm, within - FADE_MM, within)


def _in_cells(raster: npt.NDArray[np.generic], rows: int, columns: int) -> npt.NDArray[np.generic]:
    """(rows * columns, pixels of a cell, C) of a raster (H, W, C)."""
    cut = raster.reshape(rows, CELL_PIXELS, columns, CELL_PIXELS, -1).transpose(0, 2, 1, 3, 4)
    return cut.reshape(rows * columns, CELL_PIXELS**2, -1)
