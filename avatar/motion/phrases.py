"""Sounds in time in, which way the head is held phrase by phrase out: people turn a little to each thing they say.

A new phrase often goes with a new posture of the head (Hadar, Steiner, Grant and Rose 1983; Graf et al. 2002); which
one is chance, the same for the same seed at the same moment of the clock. Amounts are ours (judgement).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion.timeline import Floats, chance
from narrator.flow import Phone

PAUSE_S = 0.12
"""Silence that parts two phrases."""
LONGEST_S, USUAL_S = 3.2, 2.2
"""A stretch without a pause that is longer than this counts as several phrases of about the other."""
YAW_DEG, ROLL_DEG = (0.7, 2.0), 0.8
"""At liveliness 0.5."""
SWITCH_CHANCE = 0.65
"""How often it is the other side next."""
TURN_S, LEAD_S = (1.0, 1.6), 0.35
"""How long the head takes, and how much sooner than the phrase it begins."""
STREAM = 70


def phrases(phones: Sequence[Phone]) -> list[tuple[float, float]]:
    """(start, end) of what is said without a pause, long stretches in pieces."""
    stretches: list[tuple[float, float]] = []
    for phone in (phone for phone in phones if phone.ipa):
        if stretches and phone.start_s - stretches[-1][1] < PAUSE_S:
            stretches[-1] = (stretches[-1][0], phone.end_s)
        else:
            stretches.append((phone.start_s, phone.end_s))
    return [piece for stretch in stretches for piece in _pieces(*stretch)]


def _pieces(start_s: float, end_s: float) -> list[tuple[float, float]]:
    count = round((end_s - start_s) / USUAL_S) if end_s - start_s > LONGEST_S else 1
    edges = np.linspace(start_s, end_s, count + 1).tolist()
    return list(zip(edges[:-1], edges[1:], strict=True))


def turns(times: Floats, said: Sequence[tuple[float, float]], clock_s: float, seed: int) -> dict[str, Floats]:
    """(frames,) degrees of "yaw" and "roll" at times (frames,) s; clock_s as for the rules."""
    held = {axis: np.zeros(len(times)) for axis in ("yaw", "roll")}
    side, pose = 1.0, dict.fromkeys(held, 0.0)
    for number, (start_s, _) in enumerate(said):
        luck = chance(seed, STREAM, round((clock_s + start_s) * 100))
        is_first = number == 0
        side = (1.0 if luck[0] < 0.5 else -1.0) if is_first else side * (-1.0 if luck[0] < SWITCH_CHANCE else 1.0)
        wanted = {
            "yaw": side * (YAW_DEG[0] + (YAW_DEG[1] - YAW_DEG[0]) * luck[1]),
            "roll": ROLL_DEG * (2 * luck[2] - 1),
        }
        takes_s = TURN_S[0] + (TURN_S[1] - TURN_S[0]) * luck[3]
        share = minimum_jerk((times - start_s + LEAD_S) / takes_s)
        for axis, degrees in wanted.items():
            held[axis] += share * (degrees - pose[axis])
        pose = wanted
    return held
