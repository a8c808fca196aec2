"""Places on clothes in, how far the folds of the cloth stand out there, mm.

Cloth gathers in the crook of a bent arm and below the shoulder, and its folds run out from there like spokes; where a
sleeve is held by its cuff it lies in rings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

UNEVEN = 0.45
"""How much lower than the highest fold the lowest one is."""
WAVER_MM = 26.0
"""A fold bends to and fro over about six times this length."""


@dataclass(frozen=True, slots=True)
class Fan:
    """Folds that run out from one place."""

    centre: Doubles
    """(3,) mm."""
    across: Doubles
    """(2, 3): the plane in which they spread, two unit vectors."""
    folds: float
    """In a whole turn."""
    height_mm: float
    peak_mm: float
    """So far from the centre they are highest; there are none at it, and hardly any at four times that."""
    turned: float
    """Radians by which the first one is turned."""
    towards: float | None = None
    """Radians in that plane: folds lie on this side of the centre, or all round it like a star's."""

    def __call__(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm, half above the cloth and half below."""
        u, v = self.across @ (places - self.centre).T
        away = np.hypot(u, v)
        angle = np.arctan2(v, u)
        turn = angle * self.folds + 0.8 * np.sin(away / WAVER_MM + 2 * self.turned) + self.turned
        far = away / self.peak_mm
        uneven = 1 - UNEVEN * (0.5 + 0.5 * np.sin(0.37 * turn + 5 * self.turned))
        height: Doubles = self.height_mm * uneven * _ridges(turn) * far**2 * np.exp(2 - 2 * far)
        if self.towards is None:
            return height
        return np.asarray(height * (0.5 + 0.5 * np.cos(angle - self.towards)) ** 1.5)


@dataclass(frozen=True, slots=True)
class Rings:
    """Folds round a sleeve above its cuff."""

    end: Doubles
    """(3,) mm: the middle of the sleeve's end."""
    way: Doubles
    """(3,) unit vector towards it."""
    height_mm: float
    apart_mm: float
    band_mm: float
    """Width of the cuff, which lies flat."""
    reach_mm: float

    def __call__(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm."""
        off = places - self.end
        before = -(off @ self.way) - self.band_mm
        # Slanted, since the inside of a bent arm is shorter.
        turn = 2 * np.pi * (before + 0.35 * off[:, 1]) / self.apart_mm + 0.7 * np.sin(off[:, 0] / WAVER_MM)
        held = np.clip(before / 4, 0, 1) * np.clip(1 - before / self.reach_mm, 0, 1)
        height: Doubles = self.height_mm * _ridges(turn) * held
        return height


def _ridges(turn: Doubles) -> Doubles:
    """-0.5..0.5: round folds with narrower valleys between them."""
    ridges: Doubles = np.sqrt(0.5 + 0.5 * np.cos(turn) + 0.12) - 0.68
    return ridges
