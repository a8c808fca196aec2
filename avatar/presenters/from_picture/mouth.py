"""A measured face in, its lips out: red borders, the line where they meet, and their textures.

A mouth that is open in the picture is closed: the renderer's rest is a closed mouth.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.pose import Pose
from avatar.render.lips import INNER_EDGE, ROWS

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

UPPER_OUTER = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)
LOWER_OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)
UPPER_INNER = (61, 78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 291)
LOWER_INNER = (61, 78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 291)
"""FaceMesh's points from the viewer's left corner to the right one."""
COLUMNS, EDGE_POINTS = 33, 101
"""Points along each lip's border and edge."""
CLOSED_GAP_MM = 1.3
"""Lips nearer than this in the picture are closed (0.02 of the pupil distance)."""
UPPER_SHARE = 0.35
"""Share of an open mouth's gap that the upper lip comes down; the lower one comes up the rest."""
BOW_TAKEN, MIDDLE_TAKES = 0.75, 0.4
"""How much of the bow of an open mouth is straightened, and the middle's part in it; the corners take the rest."""
JAW_SHARE = 0.6
"""Share of the gap by which the jaw itself is shut."""
TEXTURE_ROWS, TEXTURE_COLUMNS = 120, 448


@dataclass(frozen=True, slots=True)
class LipLines:
    """Head space, mm, the viewer's left to right, as the picture shows them."""

    upper_border: Doubles
    """(COLUMNS, 3), corners included, as in all four."""
    lower_border: Doubles
    upper_edge: Doubles
    """(EDGE_POINTS, 3): where the upper lip ends towards the other."""
    lower_edge: Doubles

    @property
    def gap_mm(self) -> float:
        """Between the lips' edges at the middle."""
        return float((self.upper_edge - self.lower_edge)[EDGE_POINTS // 2, 1])

    @property
    def is_open(self) -> bool:
        """Whether the mouth has to be closed."""
        return self.gap_mm > CLOSED_GAP_MM

    @property
    def ring(self) -> Doubles:
        """(2 * COLUMNS - 2, 3): both borders as one ring, from the viewer's left corner over the top."""
        return np.concatenate([self.upper_border, self.lower_border[-2:0:-1]])

    @property
    def middle(self) -> Doubles:
        """(3,): half-way between the corners, where the lips meet."""
        line = self.closed().upper_edge
        return np.asarray(at_x(line, (line[:1, 0] + line[-1:, 0]) / 2)[0], np.float64)

    def moved(self, by: Doubles) -> LipLines:
        """The same lines somewhere else."""
        return LipLines(self.upper_border + by, self.lower_border + by, self.upper_edge + by, self.lower_edge + by)

    def closed(self) -> LipLines:
        """The lips brought together: they meet on one line."""
        gap = np.maximum(self.upper_edge[:, 1] - self.lower_edge[:, 1], 0)
        line = (self.upper_edge + self.lower_edge) / 2
        if not self.is_open:
            return LipLines(self.upper_border, self.lower_border, line, line)
        line[:, 1] = self.upper_edge[:, 1] - UPPER_SHARE * gap
        # An opening jaw draws the corners down; at rest they lie about as high as the middle.
        middle = np.linspace(-1, 1, EDGE_POINTS)
        bow = line[EDGE_POINTS // 2, 1] - (line[0, 1] + line[-1, 1]) / 2
        level = BOW_TAKEN * bow * (middle**2 - MIDDLE_TAKES)
        line[:, 1] += level
        upper, lower = self.upper_border.copy(), self.lower_border.copy()
        upper[:, 1] += np.interp(upper[:, 0], line[:, 0], level - UPPER_SHARE * gap)
        lower[:, 1] += np.interp(lower[:, 0], line[:, 0], level + (1 - UPPER_SHARE) * gap)
        for border in (upper, lower):
            _pointed(border, line)
        return LipLines(upper, lower, line, line)


def _pointed(border: Doubles, line: Doubles) -> None:
    """Takes from a border (COLUMNS, 3), in place, the height that an open mouth has at its corners."""
    meeting = np.interp(border[:, 0], line[:, 0], line[:, 1])
    height = border[:, 1] - meeting
    s = np.clip(2 * (border[:, 0] - border[0, 0]) / (border[-1, 0] - border[0, 0]) - 1, -1, 1)
    most = np.abs(height).max() * (1 - np.abs(s) ** 2.2) ** 0.75
    border[:, 1] = meeting + np.sign(height) * np.minimum(np.abs(height), most)


def lip_lines(head: Doubles) -> LipLines:
    """head (478, 3): FaceMesh's points in head space."""
    upper, lower = smooth_line(head[list(UPPER_OUTER)], COLUMNS), smooth_line(head[list(LOWER_OUTER)], COLUMNS)
    x = np.linspace(upper[0, 0], upper[-1, 0], EDGE_POINTS)
    upper_edge, lower_edge = (at_x(smooth_line(head[list(ids)], 200), x) for ids in (UPPER_INNER, LOWER_INNER))
    return LipLines(upper, lower, upper_edge, lower_edge)


def smooth_line(points: Doubles, count: int) -> Doubles:
    """count points at equal distances along the curve through points (n, k): Catmull-Rom, uniform."""
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 16, endpoint=False)[:, None]
    dense = []
    for a, b, c, d in zip(ends[:-3], ends[1:-2], ends[2:-1], ends[3:], strict=True):
        dense.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * (b - c) + d - a) * t**3))
    line = np.vstack([*dense, points[-1:]])
    reach = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0, reach[-1], count)
    return np.stack([np.interp(at, reach, line[:, k]) for k in range(points.shape[1])], axis=1)


def at_x(line: Doubles, x: Doubles) -> Doubles:
    """(len(x), 3): the curve (n, 3) where it has these x."""
    rising = np.maximum.accumulate(line[:, 0]) + 1e-6 * np.arange(len(line))
    return np.column_stack([x, np.interp(x, rising, line[:, 1]), np.interp(x, rising, line[:, 2])])


def lip_texture(image: Pixels, pose: Pose, grid: Floats, seen: LipLines, *, is_upper: bool) -> Pixels:
    """(TEXTURE_ROWS, TEXTURE_COLUMNS, 3): what the picture shows of one lip.

    grid (ROWS * COLUMNS, 3) is the lip at rest in head space; seen, where the picture has it.
    """
    rows = grid.reshape(ROWS, -1, 3).astype(np.float64)
    flat, _ = pose.plane_of_head(rows.reshape(-1, 3))
    plane = flat.reshape(ROWS, -1, 2)
    border, edge = (seen.upper_border, seen.upper_edge) if is_upper else (seen.lower_border, seen.lower_edge)
    edge = at_x(edge, border[:, 0])
    border_off = pose.plane_of_head(border)[0] - plane[0]
    edge_off = pose.plane_of_head(edge)[0] - plane[INNER_EDGE]
    height = np.abs(rows[:, :, 1] - rows[:1, :, 1])
    share = np.clip(height / np.maximum(height[INNER_EDGE], 1e-3), 0, 1)[..., None]
    share[INNER_EDGE:] = 1.0
    place = plane + border_off * (1 - share) + edge_off * share
    place[INNER_EDGE:] = place[INNER_EDGE]
    pixels = pose.pixels_of_plane(place.reshape(-1, 2)).reshape(place.shape).astype(np.float32)
    across, down = np.meshgrid(
        np.linspace(0, place.shape[1] - 1, TEXTURE_COLUMNS), np.linspace(0, ROWS - 1, TEXTURE_ROWS)
    )
    at = cv2.remap(pixels, across.astype(np.float32), down.astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(cv2.remap(image, at[..., 0], at[..., 1], cv2.INTER_CUBIC), np.uint8)
