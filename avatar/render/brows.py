"""A skin and a motion frame in, brows raised or drawn together and cheeks lifted, in place."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import MotionFrame
from avatar.render.presenter import Presenter

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

BROW_RAISE_MM, BROW_LOWER_MM = 6.0, 3.0
"""How far a brow goes at brow_raise 1 and -1 (Ekman's AU 1+2: 5 to 8 mm)."""
FURROW_IN_MM, FURROW_DOWN_MM = 3.2, 2.4
CHEEK_LIFT_MM = 2.4
SMILE_SQUINT = 0.35
"""A full smile raises the cheeks by this much of cheek_raise."""
BROW_ABOVE_EYE_MM = 22.0
FOREHEAD_MM = 42.0
"""From the brow up to where the forehead no longer moves."""
LEAST_WEIGHT = 1e-3


def cheek_raise(frame: MotionFrame) -> float:
    """0..1: what is asked for, and what a smile brings along."""
    return min(max(frame["cheek_raise"], 0.0) + SMILE_SQUINT * max(frame["smile"], 0.0), 1.0)


class BrowField:
    """Where the skin goes when a brow rises, when brows draw together, when a cheek lifts."""

    def __init__(self, skin: Floats, presenter: Presenter) -> None:
        eye = presenter.landmarks["eye_left"].reshape(3)
        x, y, z = (skin[:, k].astype(np.float64) for k in range(3))
        brow_y = float(eye[1]) + BROW_ABOVE_EYE_MM
        front = smooth((z + 75) / 30)
        raised = smooth((y - eye[1] - 7.0) / 12.0) * (1 - smooth((y - brow_y) / FOREHEAD_MM)) * front
        left = smooth((x + 8) / 16)
        inner = np.exp(-0.5 * (((np.abs(x) - 11) / 8) ** 2 + ((y - brow_y + 2) / 9) ** 2)) * front
        cheek = np.exp(-0.5 * (((np.abs(x) - eye[0] - 6) / 14) ** 2 + ((y - eye[1] + 26) / 11) ** 2)) * front
        face = presenter.weights.get("face", np.ones(len(skin)))
        raised, inner, cheek = raised * face, inner * face, cheek * face
        moving = np.flatnonzero(raised + inner + cheek > LEAST_WEIGHT)
        self._ids: Ints = moving.astype(np.int32)
        inward = -np.sign(x) * inner * smooth(np.abs(x) / 8)
        columns = [raised * left, raised * (1 - left), inward, inner, cheek]
        self._weights: Floats = np.ascontiguousarray(np.stack(columns, axis=1)[moving], np.float32)

    def apply(self, skin: Floats, frame: MotionFrame) -> None:
        """Moves the skin (V, 3) mm in place."""
        lifts = [
            wish * (BROW_RAISE_MM if wish > 0 else BROW_LOWER_MM)
            for wish in (frame["brow_raise_left"], frame["brow_raise_right"])
        ]
        furrow, cheek = frame["brow_furrow"], cheek_raise(frame)
        if not any((*lifts, furrow, cheek)):
            return
        _lift(
            skin,
            self._ids,
            self._weights,
            lifts[0],
            lifts[1],
            furrow * FURROW_IN_MM,
            furrow * FURROW_DOWN_MM,
            cheek * CHEEK_LIFT_MM,
        )


@njit(cache=True, nogil=True, fastmath=True)
def _lift(
    skin: Floats, ids: Ints, weights: Floats, left: float, right: float, inward: float, down: float, cheek: float
) -> None:
    for k in range(len(ids)):
        i = ids[k]
        skin[i, 0] += weights[k, 2] * inward
        skin[i, 1] += weights[k, 0] * left + weights[k, 1] * right - weights[k, 3] * down + weights[k, 4] * cheek
        skin[i, 2] += weights[k, 4] * cheek * 0.5


def smooth(t: npt.ArrayLike) -> Doubles:
    """0 below 0, 1 above 1, an S between."""
    t = np.clip(np.asarray(t, np.float64), 0, 1)
    smoothed: Doubles = t * t * (3 - 2 * t)
    return smoothed
