"""A posed red border and a jaw angle in, the whole skin's vertices out.

The skin follows the mandible by weight, and whatever the lips' border does beyond that spreads into the skin around
it and fades: within a few centimetres to the side and below, within the philtrum above.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.jaw import jaw_weights, smooth_step
from avatar.render.presenter import Presenter

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

REACH_MM = 42.0
"""How far a moving border is felt in the skin, sideways and below."""
REACH_UP_MM = 24.0
"""The same above the lips: the nose stays."""
SPREAD_MM = 3.0
"""Width of the weighting right at the border; it grows with distance."""
SPREAD_GROWTH = 0.55


class SkinFollow:
    """Weights of one presenter's skin, computed once."""

    def __init__(self, presenter: Presenter) -> None:
        skin = presenter.part("skin").vertices
        self.pivot: Doubles = presenter.landmarks["jaw_pivot"].reshape(3).astype(np.float64)
        chin = presenter.landmarks["chin"].reshape(3).astype(np.float64)
        self.ring = presenter.indices["lip_border"]
        face = presenter.weights.get("face", np.ones(len(skin), np.float32))
        self.jaw: Floats = jaw_weights(skin, self.pivot, chin) * face
        border = skin[self.ring]
        distance = np.linalg.norm(skin[:, None] - border[None], axis=2)
        nearest = distance.min(axis=1)
        upward = np.clip((skin[:, 1] - border[:, 1].max()) / REACH_UP_MM + 0.2, 0, 1)
        reach = REACH_MM + (REACH_UP_MM - REACH_MM) * upward
        envelope = (1 - smooth_step(nearest / reach, 0.0, 1.0)) * face
        self.active = np.flatnonzero(envelope > 0).astype(np.int32)
        spread = SPREAD_MM + SPREAD_GROWTH * nearest[self.active, None]
        weights = np.exp(-0.5 * ((distance[self.active] - nearest[self.active, None]) / spread) ** 2)
        weights *= (envelope[self.active] / weights.sum(axis=1))[:, None]
        self.weights: Floats = weights.astype(np.float32)
        self.neutral_border = border.copy()

    def pose(self, skin: Floats, angle: float, border: Floats) -> Floats:
        """The skin (V, 3) with the jaw turned by angle and its ring laid on border (ring order, (R, 3) mm)."""
        posed = np.empty_like(skin)
        _follow_jaw(skin, self.jaw, math.cos(angle), math.sin(angle), self.pivot, posed)
        residual = (border - self.neutral_border) - (posed[self.ring] - skin[self.ring])
        _spread(self.weights @ residual, self.active, posed)
        posed[self.ring] = border
        return posed


@njit(cache=True, nogil=True, fastmath=True)
def _follow_jaw(skin: Floats, follow: Floats, cosine: float, sine: float, pivot: Doubles, posed: Floats) -> None:
    """Turns each vertex downward about the hinge, as far as it follows."""
    for i in range(len(skin)):
        y, z = skin[i, 1] - pivot[1], skin[i, 2] - pivot[2]
        posed[i, 0] = skin[i, 0]
        posed[i, 1] = skin[i, 1] + (y * cosine - z * sine - y) * follow[i]
        posed[i, 2] = skin[i, 2] + (y * sine + z * cosine - z) * follow[i]


@njit(cache=True, nogil=True, fastmath=True)
def _spread(ways: Floats, active: Ints, posed: Floats) -> None:
    for k in range(len(active)):
        for axis in range(3):
            posed[active[k], axis] += ways[k, axis]
