"""Round bones and places in, signed distances to the rounded body they make together out, mm.

A body is a union of cones with round ends; where two meet, the union is smooth over `blend` mm (polynomial smooth
minimum, Quilez 2013), as flesh is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bones:
    """Cones with round ends, in groups: bones of one group melt into each other, groups are then joined."""

    start: Doubles
    """(B, 3) mm."""
    end: Doubles
    """(B, 3) mm."""
    start_radius: Doubles
    """(B,) mm."""
    end_radius: Doubles
    """(B,) mm."""
    blend: Doubles
    """(B,) mm over which a bone melts into those of its group before it."""

    def distance(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm, negative inside."""
        away: Doubles = _distance(places, self.start, self.end, self.start_radius, self.end_radius, self.blend)
        return away

    def moved(self, rotation: Doubles, origin: Doubles) -> Bones:
        """The same bones turned (3, 3) and then shifted (3,)."""
        return Bones(
            self.start @ rotation.T + origin,
            self.end @ rotation.T + origin,
            self.start_radius,
            self.end_radius,
            self.blend,
        )


def bones(rows: list[tuple[npt.ArrayLike, npt.ArrayLike, float, float, float]]) -> Bones:
    """Bones from rows of start, end, both radii and blend."""
    return Bones(
        np.array([row[0] for row in rows], np.float64),
        np.array([row[1] for row in rows], np.float64),
        *(np.array([row[k] for row in rows], np.float64) for k in (2, 3, 4)),
    )


def joined(one: Bones, other: Bones) -> Bones:
    """All bones of both, the first's first."""
    return Bones(
        *(
            np.concatenate([getattr(one, name), getattr(other, name)])
            for name in ("start", "end", "start_radius", "end_radius", "blend")
        )
    )


def smooth_union(one: Doubles, other: Doubles, blend: float | Doubles) -> Doubles:
    """The nearer of two distances, rounded where they are within blend mm of each other."""
    share = np.clip(0.5 + 0.5 * (other - one) / blend, 0, 1)
    joined: Doubles = other + (one - other) * share - blend * share * (1 - share)
    return joined


def along_bone(places: Doubles, start: Doubles, end: Doubles) -> tuple[Doubles, Doubles]:
    """How far along the bone each place lies (0 at its start .. 1 at its end, or beyond), and mm from its axis."""
    axis = end - start
    share = (places - start) @ axis / (axis @ axis)
    away = np.linalg.norm(places - start - share[..., None] * axis, axis=-1)
    return share, away


@njit(cache=False)
def _distance(
    places: Doubles, start: Doubles, end: Doubles, start_radius: Doubles, end_radius: Doubles, blend: Doubles
) -> Doubles:
    found = np.empty(len(places))
    for i in range(len(places)):
        nearest = 1e9
        for b in range(len(start)):
            dot, square = 0.0, 0.0
            for k in range(3):
                axis = end[b, k] - start[b, k]
                dot += (places[i, k] - start[b, k]) * axis
                square += axis * axis
            share = min(max(dot / max(square, 1e-9), 0.0), 1.0)
            away = 0.0
            for k in range(3):
                off = places[i, k] - start[b, k] - share * (end[b, k] - start[b, k])
                away += off * off
            one = np.sqrt(away) - (start_radius[b] + share * (end_radius[b] - start_radius[b]))
            width = blend[b]
            mix = min(max(0.5 + 0.5 * (nearest - one) / width, 0.0), 1.0)
            nearest = nearest + (one - nearest) * mix - width * mix * (1.0 - mix)
        found[i] = nearest
    return found
