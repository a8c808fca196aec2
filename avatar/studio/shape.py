"""The base face and a list of moves in, one person's shape out: lips, lids, nose and jaw move together.

A move shifts all landmarks round a place, the more the nearer they lie (a Gaussian), on both sides of the face alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.base_shape import EYE_CENTRE, EYE_RADIUS, JAW_PIVOT, LIP_LINE, NECK_PIVOT, TARGETS
from avatar.studio.person import Point, Shape

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Move:
    """Round a place of the right side, mm."""

    at: Point
    reach: Point
    """Standard deviations to the side, upward and in depth, mm."""
    by: Point = (0.0, 0.0, 0.0)
    """Shift, mm: negative x is outward."""
    grow: Point = (1.0, 1.0, 1.0)
    """Factors of the distance from the place."""


def shaped(moves: Sequence[Move], own: dict[int, Point] | None = None) -> Shape:
    """The base face after all moves, one after another; own landmarks are laid last, as they are given."""
    numbers = sorted(TARGETS)
    points = np.array([TARGETS[i] for i in numbers], np.float64)
    line = np.array(LIP_LINE, np.float64)
    for move in moves:
        points, line = _moved(points, move), _moved(line, move)
    line -= (0.0, line[0, 1], 0.0)
    targets = {i: _point(p) for i, p in zip(numbers, points, strict=True)} | (own or {})
    return Shape(targets, tuple(_point(p) for p in line), EYE_CENTRE, EYE_RADIUS, JAW_PIVOT, NECK_PIVOT)


def _moved(points: Doubles, move: Move) -> Doubles:
    """The middle of the face stays in the middle: there the two sides' shifts cancel."""
    at, reach = np.array(move.at), np.array(move.reach)
    shift = np.zeros_like(points)
    for side in (1.0, -1.0) if move.at[0] else (1.0,):
        away = points - at * (side, 1.0, 1.0)
        near = np.exp(-0.5 * ((away / reach) ** 2).sum(axis=1))[:, None]
        shift += near * (np.array(move.by) * (side, 1.0, 1.0) + away * (np.array(move.grow) - 1))
    shift[np.abs(points[:, 0]) < 1e-9, 0] = 0.0
    return points + shift


def _point(values: Doubles) -> Point:
    x, y, z = values.tolist()
    return x, y, z
