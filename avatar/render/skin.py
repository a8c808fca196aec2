"""A posed red border and a jaw angle in, the whole skin's vertices out.

The skin follows the mandible by weight, and whatever the lips' border does beyond that spreads into the skin around
it and fades: within a few centimetres to the side and below, within the philtrum above.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.render.jaw import jaw_weights, smooth_step, turn_about_hinge
from avatar.render.presenter import Presenter

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

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
        self.jaw: Floats = jaw_weights(skin, self.pivot, chin)
        border = skin[self.ring]
        distance = np.linalg.norm(skin[:, None] - border[None], axis=2)
        nearest = distance.min(axis=1)
        upward = np.clip((skin[:, 1] - border[:, 1].max()) / REACH_UP_MM + 0.2, 0, 1)
        reach = REACH_MM + (REACH_UP_MM - REACH_MM) * upward
        envelope = 1 - smooth_step(nearest / reach, 0.0, 1.0)
        self.active = np.flatnonzero(envelope > 0).astype(np.int32)
        spread = SPREAD_MM + SPREAD_GROWTH * nearest[self.active, None]
        weights = np.exp(-0.5 * ((distance[self.active] - nearest[self.active, None]) / spread) ** 2)
        weights *= (envelope[self.active] / weights.sum(axis=1))[:, None]
        self.weights: Floats = weights.astype(np.float32)
        self.neutral_border = border.copy()

    def pose(self, skin: Floats, angle: float, border: Floats) -> Floats:
        """The skin (V, 3) with the jaw turned by angle and its ring laid on border (ring order, (R, 3) mm)."""
        turned = turn_about_hinge(skin, angle, self.pivot)
        posed = skin + (turned - skin) * self.jaw[:, None]
        residual = (border - self.neutral_border) - (posed[self.ring] - skin[self.ring])
        posed[self.active] += self.weights @ residual
        posed[self.ring] = border
        return posed
