"""Placed triangles of several frames in, every pixel that each of them covers out, in torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from avatar.render.rasterise import BEFORE, BEHIND, FLAT_PX, SEAM_PX, SLIVER_PX


@dataclass(frozen=True, slots=True)
class Pieces:
    """Front-facing triangles that touch a picture, in the order of drawing."""

    frame: torch.Tensor
    """(T,) int64: which picture."""
    owner: torch.Tensor
    """(T,) int64: which layer, from 1."""
    box: torch.Tensor
    """(T, 4) int64: first and last column, first and last row."""
    sides: torch.Tensor
    """(T, 3, 4): of each edge the column at the box's first row and its change per row, where rows begin and end."""
    slopes: torch.Tensor
    """(T, 3, S): the interpolated values at the box's corner, their change per pixel right and down."""
    size: tuple[int, int]
    """Height and width of a picture."""
    is_blended: bool
    """Blended neighbours meet without overlap."""

    @classmethod
    def of(
        cls,
        corners: npt.NDArray[np.float32],
        labels: npt.NDArray[np.int64],
        size: tuple[int, int],
        device: torch.device,
        *,
        is_blended: bool,
    ) -> Pieces:
        """corners (T, 3, ATTRIBUTES) as avatar/render/rasterise.py has them; labels (T, 2): frame and owner."""
        values, label = torch.tensor(corners, device=device), torch.tensor(labels, device=device)
        x, y = values[..., 0], values[..., 1]
        area = _doubled_area(x, y)
        first = (torch.stack([x.amin(1), y.amin(1)], 1) - 0.5).ceil().long().clamp(min=0)
        most = torch.tensor([size[1] - 1, size[0] - 1], device=device)
        last = torch.minimum((torch.stack([x.amax(1), y.amax(1)], 1) - 0.5).floor().long(), most)
        seen = ((area <= -float(SLIVER_PX)) & (first <= last).all(1)).nonzero().squeeze(1)
        values, first, last = values[seen], first[seen], last[seen]
        x, y = values[..., 0] - first[:, :1] - 0.5, values[..., 1] - first[:, 1:] - 0.5
        box = torch.stack([first[:, 0], last[:, 0], first[:, 1], last[:, 1]], 1)
        slopes = _slopes(x, y, values[..., 2:], area[seen])
        return cls(label[seen, 0], label[seen, 1], box, _sides(x, y), slopes, size, is_blended)


@dataclass(frozen=True, slots=True)
class Covered:
    """Pixels covered by triangles, one entry for each pair, in the order of drawing."""

    triangle: torch.Tensor
    """(C,) int64 into Pieces."""
    right: torch.Tensor
    """(C,) float32: pixels from the triangle's box's corner."""
    down: torch.Tensor
    """(C,) float32."""
    pixel: torch.Tensor
    """(C,) int64, flat over frames, rows and columns."""
    depth: torch.Tensor
    """(C,) float32, mm."""


def triangle_pixels(pieces: Pieces) -> Covered:
    """All pairs of a triangle and a pixel whose centre it covers."""
    rows = pieces.box[:, 3] - pieces.box[:, 2] + 1
    triangle, down = _counted(rows)
    low, high = _span(pieces, triangle, down)
    width = (high - low + 1).clamp(min=0)
    entry, step = _counted(width)
    triangle, down = triangle[entry], down[entry]
    right = low[entry] + step
    row, column = pieces.box[triangle, 2] + down, pieces.box[triangle, 0] + right
    pixel = (pieces.frame[triangle] * pieces.size[0] + row) * pieces.size[1] + column
    slopes = pieces.slopes[:, :, 0][triangle]
    across, along = right.to(torch.float32), down.to(torch.float32)
    depth = slopes[:, 0] + slopes[:, 1] * across + slopes[:, 2] * along
    return Covered(triangle, across, along, pixel, depth)


def _doubled_area(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """(T,): negative where the triangle faces the viewer, as screen y runs down."""
    return (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (y[:, 1] - y[:, 0]) * (x[:, 2] - x[:, 0])


def _sides(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    right, down = x.roll(-1, 1) - x, y.roll(-1, 1) - y
    slope = right / down
    column = x - y * slope
    zero = torch.zeros_like(slope)
    begins, ends = down > float(FLAT_PX), down < -float(FLAT_PX)
    return torch.stack(
        [
            torch.where(begins, column, float(BEFORE)),
            torch.where(begins, slope, zero),
            torch.where(ends, column, float(BEHIND)),
            torch.where(ends, slope, zero),
        ],
        2,
    )


def _slopes(x: torch.Tensor, y: torch.Tensor, values: torch.Tensor, area: torch.Tensor) -> torch.Tensor:
    (ax, bx, cx), (ay, by, cy) = x.unbind(1), y.unbind(1)
    of_b = torch.stack([ay * (cx - ax) - ax * (cy - ay), cy - ay, ax - cx], 1) / area[:, None]
    of_c = torch.stack([(by - ay) * ax - (bx - ax) * ay, ay - by, bx - ax], 1) / area[:, None]
    to_b, to_c = values[:, 1] - values[:, 0], values[:, 2] - values[:, 0]
    slopes = of_b[:, :, None] * to_b[:, None] + of_c[:, :, None] * to_c[:, None]
    slopes[:, 0] += values[:, 0]
    return slopes


def _span(pieces: Pieces, triangle: torch.Tensor, down: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """First and last column of rows, counted from their boxes' left."""
    sides, row = pieces.sides[triangle], down.to(torch.float32)[:, None]
    most = pieces.box[triangle, 1] - pieces.box[triangle, 0]
    low = (sides[:, :, 0] + sides[:, :, 1] * row).amax(1).clamp(min=0)
    high = torch.minimum((sides[:, :, 2] + sides[:, :, 3] * row).amin(1), (most + 1).to(torch.float32))
    if pieces.is_blended:
        return low.ceil().long(), torch.minimum(high.ceil().long() - 1, most)
    return (low - float(SEAM_PX)).ceil().long().clamp(min=0), torch.minimum(
        (high + float(SEAM_PX)).floor().long(), most
    )


def _counted(counts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Each index as often as its count says, and the number of each among its own, from 0."""
    index = torch.repeat_interleave(counts)
    start = torch.cumsum(counts, 0) - counts
    return index, torch.arange(len(index), device=counts.device) - start[index]
