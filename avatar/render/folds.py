"""A skin and a motion frame in, cheeks and folds out: places moved in place, and a shade for each point.

A smile or a spread mouth pushes the cheek up against the line from the nose's wing to the mouth's corner, which
deepens; drawn brows raise a crease over the nose. Creases are finer than the mesh, so most of what is seen of them is
shade; strengths are judgement.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import MotionFrame
from avatar.render.presenter import Presenter

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

FOLD = ((16.5, 11.0), (21.5, 5.5), (27.0, -3.0), (31.5, -11.0), (33.5, -17.0))
"""From the wing of the nose to beside the mouth: x and height above the nose's base, mm."""
FOLD_MM, CHEEK_MM = 2.3, 7.0
"""Half widths of the fold and of the cheek that rises beside it."""
CHEEK_BESIDE = (8.0, 5.0)
"""From the fold to the cheek's line, outward and up, mm."""
CHEEK_PUSH_MM, FOLD_SINK_MM = (0.9, 1.0, 1.5), 0.7
"""Way of the cheek outward, up and forward, and of the fold backward, at a full smile."""
FOLD_SHADE, CHEEK_LIGHT = 0.15, 0.04
SPREAD_SHARE = 2.2
"""A mouth spread by a tenth deepens the fold by this share of a tenth of a full smile."""
FROWN = ((4.6, 18.0), (5.6, 24.0), (5.2, 29.0))
"""The crease over the nose: x and height above the eyes, mm."""
FROWN_MM, FROWN_SHADE = 1.7, 0.10
LEAST_WEIGHT = 5e-3


class Folds:
    """Weights of one presenter's skin."""

    def __init__(self, skin: Floats, presenter: Presenter) -> None:
        base = float(presenter.landmarks["nose_base"].reshape(3)[1])
        eye = float(presenter.landmarks["eye_left"].reshape(3)[1])
        flat = np.stack([np.abs(skin[:, 0]), skin[:, 1]], axis=1).astype(np.float64)
        front = np.clip((skin[:, 2].astype(np.float64) + 45) / 15, 0, 1)
        line = np.array(FOLD) + (0.0, base)
        fold = near_line(flat, line, FOLD_MM) * front
        cheek = near_line(flat, line + CHEEK_BESIDE, CHEEK_MM) * front
        frown = near_line(flat, np.array(FROWN) + (0.0, eye), FROWN_MM) * front
        self._ids: Ints = np.flatnonzero(fold + cheek + frown > LEAST_WEIGHT).astype(np.int32)
        self._count = len(skin)
        fold, cheek, frown = (weight[self._ids] for weight in (fold, cheek, frown))
        side = np.tanh(skin[self._ids, 0] / 6.0)
        out, up, forward = CHEEK_PUSH_MM
        way = np.stack([side * out * cheek, up * cheek, forward * cheek - FOLD_SINK_MM * fold], axis=1)
        self._way: Floats = way.astype(np.float32)
        self._smile_shade: Floats = (CHEEK_LIGHT * cheek - FOLD_SHADE * fold).astype(np.float32)
        self._frown_shade: Floats = (-FROWN_SHADE * frown).astype(np.float32)

    def apply(self, skin: Floats, frame: MotionFrame) -> None:
        """Moves the skin (V, 3) mm in place."""
        depth = fold_depth(frame)
        if depth:
            _push(skin, self._ids, self._way, depth)

    def shade(self, frame: MotionFrame) -> Floats:
        """(V,) factors of the skin's light, about 1."""
        shade = np.ones(self._count, np.float32)
        frown = min(max(frame["brow_furrow"], 0.0), 1.0)
        _darken(shade, self._ids, self._smile_shade, fold_depth(frame), self._frown_shade, frown)
        return shade


@njit(cache=True, nogil=True, fastmath=True)
def _push(skin: Floats, ids: Ints, way: Floats, depth: float) -> None:
    for k in range(len(ids)):
        for axis in range(3):
            skin[ids[k], axis] += np.float32(depth) * way[k, axis]


@njit(cache=True, nogil=True, fastmath=True)
def _darken(shade: Floats, ids: Ints, by_smile: Floats, smile: float, by_frown: Floats, frown: float) -> None:
    for k in range(len(ids)):
        shade[ids[k]] += np.float32(smile) * by_smile[k] + np.float32(frown) * by_frown[k]


def fold_depth(frame: MotionFrame) -> float:
    """0..1: how far smile, raised cheeks and a spread mouth deepen the folds beside it."""
    spread = SPREAD_SHARE * max(frame["mouth_width"] - 1.0, 0.0)
    return min(max(frame["smile"], 0.0) + 0.5 * max(frame["cheek_raise"], 0.0) + spread, 1.0)


def near_line(points: Doubles, line: Doubles, width: float) -> Doubles:
    """(V,) 0..1: a Gaussian of the distance from the polyline, fading at its two ends; points (V, 2) mm."""
    best, along = np.full(len(points), np.inf), np.zeros(len(points))
    for k, (a, b) in enumerate(zip(line[:-1], line[1:], strict=True)):
        t = np.clip((points - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
        distance = np.linalg.norm(points - (a + t[:, None] * (b - a)), axis=1)
        along = np.where(distance < best, (k + t) / (len(line) - 1), along)
        best = np.minimum(distance, best)
    taper = 1 - 0.7 * (2 * np.abs(along - 0.5)) ** 2
    weight: Doubles = taper * np.exp(-0.5 * (best / width) ** 2)
    return weight
