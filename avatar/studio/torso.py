"""A build and heights in, the half widths and depths of neck and shoulders out, mm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.person import Build

Doubles = npt.NDArray[np.float64]

AXIS_Z = -112.0
"""Depth of the trunk's axis; the neck's is close to it."""
NECK_Y = (-82.0, -136.0)
"""From here to here the neck becomes shoulders."""
PROFILE = np.array(
    [
        # height, half width, depth in front of the axis; shoulders slope by 22 degrees (judgement)
        (-16.0, 47.0, 54.0),
        (-62.0, 43.8, 54.0),
        (-76.0, 45.4, 55.0),
        (-88.0, 50.6, 56.5),
        (-98.0, 64.0, 58.0),
        (-108.0, 86.0, 61.0),
        (-120.0, 114.0, 66.0),
        (-134.0, 141.0, 72.0),
        (-152.0, 163.0, 80.0),
        (-176.0, 178.0, 90.0),
        (-216.0, 186.0, 102.0),
    ]
)


def half_width(build: Build, y: Doubles) -> Doubles:
    """Half the trunk's width at that height."""
    return smooth_curve(-y, -PROFILE[:, 0], PROFILE[:, 1]) * _factor(build, y, build.shoulders)


def front_depth(build: Build, y: Doubles) -> Doubles:
    """How far the trunk's front stands before its axis at that height."""
    return smooth_curve(-y, -PROFILE[:, 0], PROFILE[:, 2]) * _factor(build, y, 1.0)


def _factor(build: Build, y: Doubles, below: float) -> Doubles:
    """The neck's factor above NECK_Y[0], another one below NECK_Y[1]."""
    share: Doubles = smooth_curve(-y, -np.array(NECK_Y), np.array([build.neck, below]))
    return share


def trunk_point(build: Build, angle: Doubles, y: Doubles, outward_mm: float = 0.0) -> Doubles:
    """(..., 3) on the trunk, angle 0 in front and +90 degrees at the person's left, in radians."""
    width, depth = half_width(build, y) + outward_mm, front_depth(build, y) + outward_mm
    sine, cosine = np.sin(angle), np.cos(angle)
    # A chest is flatter in front than an ellipse; a neck is not.
    flat = np.clip((-y - 96) / 60, 0, 1) * 0.25
    front = np.sign(cosine) * np.abs(cosine) ** (1 - flat)
    x, z = width * sine, AXIS_Z + depth * front
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
