"""A smooth skin with open eye holes in, the same with lids lying on the eyeballs out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.loop_subdivision import boundary_loops

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

LID_MM = 1.15
"""Thickness of a lid at its margin, lashes' edge to eyeball."""
TOUCH_MM = -0.3
"""The rim's inner edge lies this far inside the eyeball: an eyeball of flat triangles sags by 0.15 mm between its
points, and at the corners one would look past it."""
SOFT_MM = 0.25
"""Over this distance lifting off the eyeball begins."""
NEAR_MM = 20.0
"""Skin farther than this from an eyeball's centre is no lid."""
RIM_ROWS = 2


@dataclass(frozen=True, slots=True)
class Lids:
    """One eye's margins as numbers of skin points, from the nose's side outward, both corners included."""

    upper: Ints
    lower: Ints
    rim: Ints
    """All points of the added rim, row by row in the hole's order."""


def lay_lids(
    values: Doubles, triangles: Ints, centre: Doubles, radius: float, corners: tuple[int, int]
) -> tuple[Doubles, Ints, Lids]:
    """values (V, k) start with x, y, z; corners are the inner and the outer one; rows of the rim are appended."""
    values = values.copy()
    away = values[:, :3] - centre
    distance = np.linalg.norm(away, axis=1)
    inside = (distance < NEAR_MM) & (away[:, 2] > 0)
    least = radius + LID_MM
    # Soft: what nearly touches is lifted a little too, so that no edge shows where lifting begins.
    lifted = least + SOFT_MM * np.logaddexp(0, (distance[inside] - least) / SOFT_MM)
    values[inside, :3] = centre + away[inside] * (lifted / distance[inside])[:, None]
    hole = next(loop for loop in boundary_loops(triangles) if corners[0] in loop and corners[1] in loop)
    rows = [np.array(hole)]
    for k in range(1, RIM_ROWS + 1):
        row = values[hole].copy()
        offset = row[:, :3] - centre
        length = np.linalg.norm(offset, axis=1, keepdims=True)
        goal = radius + TOUCH_MM
        row[:, :3] = centre + offset / length * (length + (goal - length) * k / RIM_ROWS)
        middle = values[hole, 3:5].mean(axis=0)
        inward = middle - row[:, 3:5]
        row[:, 3:5] += inward / np.linalg.norm(inward, axis=1, keepdims=True) * 0.9 * k
        rows.append(np.arange(len(hole)) + len(values))
        values = np.concatenate([values, row])
    added = []
    for a, b in zip(rows[:-1], rows[1:], strict=True):
        after_a, after_b = np.roll(a, -1), np.roll(b, -1)
        added += [np.stack([after_a, a, b], axis=1), np.stack([after_a, b, after_b], axis=1)]
    upper, lower = _margins(hole, values, corners)
    lids = Lids(upper, lower, np.concatenate(rows[1:]).astype(np.int32))
    return values, np.concatenate([triangles, *added]).astype(np.int32), lids


def _margins(hole: list[int], values: Doubles, corners: tuple[int, int]) -> tuple[Ints, Ints]:
    start = hole.index(corners[0])
    turned = hole[start:] + hole[:start]
    end = turned.index(corners[1])
    one, other = turned[: end + 1], [turned[0], *turned[end:][::-1]]
    if values[one, 1].mean() < values[other, 1].mean():
        one, other = other, one
    return np.array(one, np.int32), np.array(other, np.int32)
