"""Heights in, the half widths and depths of neck, shoulders and chest out, mm: one shape for skin and clothes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

AXIS_Z = -112.0
"""Depth of the trunk's axis; the neck's is close to it."""
PROFILE = np.array(
    [  # height, half width, depth in front of the axis; shoulders 385 mm wide, sloping 22 degrees (judgement)
        (-70.0, 50.0, 56.0),
        (-95.0, 51.5, 57.0),
        (-110.0, 57.0, 58.5),
        (-120.0, 70.0, 60.0),
        (-130.0, 96.0, 63.0),
        (-142.0, 133.0, 68.0),
        (-156.0, 165.0, 74.0),
        (-175.0, 186.0, 82.0),
        (-200.0, 198.0, 91.0),
        (-240.0, 205.0, 103.0),
        (-280.0, 207.0, 112.0),
        (-330.0, 206.0, 108.0),
        (-400.0, 204.0, 98.0),
        (-460.0, 206.0, 96.0),
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
    point: Doubles = np.stack(np.broadcast_arrays(width * sine, y, AXIS_Z + depth * front), axis=-1)
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
