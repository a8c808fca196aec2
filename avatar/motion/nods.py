"""A moment and what chance says in, the course of one nod out: no two alike.

A nod of several cycles begins deeper than a single one, each cycle is shallower than the one before, and the last is
shallower still (Mori, Den and Jokinen 2025, Structure of nods in conversation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion.timeline import Floats

DECLINE, LAST = 0.72, 0.55
"""How deep a cycle is against the one before, and the last one."""
DEEPER = 0.15
"""By how much each further cycle deepens the first."""

REPEATED_CHANCE, LIFT_CHANCE, LIFT = 0.2, 0.25, 0.3
"""While speaking."""
SHALLOWEST, DEEPEST = 0.65, 1.45


@dataclass(frozen=True, slots=True)
class Nod:
    """One nod, its depth 1 at the lowest point of its first cycle."""

    moment_s: float
    """Of that lowest point."""
    fall_s: float
    rise_s: float
    cycles: int = 1
    cycle_s: float = 0.0
    """From one lowest point to the next."""
    lift: float = 0.0
    """How far the head goes up beforehand, against the depth."""

    @property
    def begin_s(self) -> float:
        """The first moment at which it moves."""
        return self.moment_s - self.fall_s * (2.0 if self.lift else 1.0)

    @property
    def end_s(self) -> float:
        """The last moment at which it moves."""
        return self.moment_s + (self.cycles - 1) * self.cycle_s + self.rise_s

    def depth(self, times: Floats) -> Floats:
        """(frames,) how far the head is bowed at times (frames,) s; below 0 where it is lifted."""
        bowed, depth = np.zeros(len(times)), 1.0 + DEEPER * (self.cycles - 1)
        for cycle in range(self.cycles):
            since = times - self.moment_s - cycle * self.cycle_s
            bowed += depth * _dip(since, self.fall_s, self.rise_s)
            depth *= LAST if cycle == self.cycles - 2 else DECLINE
        if self.lift:
            bowed -= self.lift * _dip(times - self.moment_s + self.fall_s, self.fall_s, self.fall_s)
        return bowed


def spoken_nod(moment_s: float, half_s: float, room_s: float, luck: Floats) -> tuple[Nod, float]:
    """One that underlines a word, and how deep it is against others; luck (4,) in 0..1, room_s until the next one.

    half_s: how long it goes down, and up, on the whole.
    """
    fall_s, rise_s = half_s * (0.75 + 0.4 * luck[0]), half_s * (0.8 + 0.6 * luck[1])
    is_repeated = luck[2] < REPEATED_CHANCE and room_s > 3.2 * half_s
    lift = LIFT if not is_repeated and luck[2] > 1 - LIFT_CHANCE else 0.0
    nod = Nod(moment_s, fall_s, rise_s, 2 if is_repeated else 1, 1.35 * half_s, lift)
    return nod, SHALLOWEST + (DEEPEST - SHALLOWEST) * float(luck[3])


def _dip(since: Floats, fall_s: float, rise_s: float) -> Floats:
    """1 at 0, nothing from fall_s before to rise_s after."""
    return np.where(since < 0, minimum_jerk(1 + since / fall_s), minimum_jerk(1 - since / rise_s))
