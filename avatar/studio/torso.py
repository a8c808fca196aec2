"""Heights in, the half widths and depths of neck, shoulders and chest out, mm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

AXIS_Z = -112.0
"""Depth of the trunk's axis; the neck's is close to it."""
ARMPIT_X, GROOVE_WIDTH_MM, GROOVE_DEPTH_MM = 134.0, 7.0, 16.0
"""Where the arm lies against the chest, below the armpit."""
BUST_MM = 15.0
PROFILE = np.array(
    [
        # height, half width, depth in front of the axis: 380 mm wide with the arms, sloping 22 degrees (judgement)
        (-70.0, 45.5, 54.0),
        (-90.0, 46.5, 55.0),
        (-102.0, 51.0, 56.5),
        (-112.0, 64.0, 58.0),
        (-122.0, 86.0, 61.0),
        (-134.0, 114.0, 66.0),
        (-148.0, 141.0, 72.0),
        (-166.0, 163.0, 80.0),
        (-190.0, 178.0, 90.0),
        (-230.0, 186.0, 102.0),
        (-275.0, 189.0, 106.0),
        (-330.0, 190.0, 98.0),
        (-400.0, 190.0, 95.0),
        (-460.0, 194.0, 92.0),
    ]
)


def half_width(y: Doubles) -> Doubles:
    """Half the trunk's width at that height."""
    return smooth_curve(-y, -PROFILE[:, 0], PROFILE[:, 1])


def front_depth(y: Doubles) -> Doubles:
    """How far the trunk's front stands before its axis at that height."""
    return smooth_curve(-y, -PROFILE[:, 0], PROFILE[:, 2])


def trunk_point(angle: Doubles, y: Doubles, outward_mm: float = 0.0) -> Doubles:
    """(..., 3) on the trunk, angle 0 in front and +90 degrees at the person's left, in radians."""
    width, depth = half_width(y) + outward_mm, front_depth(y) + outward_mm
    sine, cosine = np.sin(angle), np.cos(angle)
    # A chest is flatter in front than an ellipse; a neck is not.
    flat = np.clip((-y - 110) / 60, 0, 1) * 0.25
    front = np.sign(cosine) * np.abs(cosine) ** (1 - flat)
    x = width * sine
    arm = np.exp(-0.5 * ((np.abs(x) - ARMPIT_X - 0.03 * (-y - 230)) / GROOVE_WIDTH_MM) ** 2) * np.clip(
        (-y - 215) / 45, 0, 1
    )
    bust = np.exp(-0.5 * (((np.abs(x) - 68) / 38) ** 2 + ((y + 268) / 40) ** 2))
    z = AXIS_Z + depth * front - GROOVE_DEPTH_MM * arm + BUST_MM * bust
    point: Doubles = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
    return point


def smooth_curve(x: Doubles, knots: Doubles, values: Doubles) -> Doubles:
    """A monotone cubic through the knots (Fritsch and Carlson 1980): no overshoot between them."""
    x = np.clip(np.asarray(x, np.float64), knots[0], knots[-1])
    step = np.diff(knots)
    slope = np.diff(values) / step
    inner = np.where(slope[:-1] * slope[1:] > 0, 2 * slope[:-1] * slope[1:] / (slope[:-1] + slope[1:] + 1e-12), 0.0)
    tangent = np.concatenate([slope[:1], inner, slope[-1:]])
    i = np.clip(np.searchsorted(knots, x, side="right") - 1, 0, len(step) - 1)
    t = (x - knots[i]) / step[i]
    h00, h10 = (1 + 2 * t) * (1 - t) ** 2, t * (1 - t) ** 2
    h01, h11 = t**2 * (3 - 2 * t), t**2 * (t - 1)
    curve: Doubles = h00 * values[i] + h10 * step[i] * tangent[i] + h01 * values[i + 1] + h11 * step[i] * tangent[i + 1]
    return curve
