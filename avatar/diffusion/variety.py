"""A voice's accents and melody in, what makes the network's nods and brows less alike out.

A network that predicts the mean of what a face may do raises both brows on every accent. Here brows leave the weaker
accents to the head, and one does more than the other; melody and the stronger accents pull a little in return, and
each accent bows the head a little further, in a way of its own, so that both follow the voice no less than before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avatar.motion.brows import sides
from avatar.motion.emotion import FEELINGS
from avatar.motion.nods import spoken_nod
from avatar.motion.rules import LIVELINESS_DEFAULT
from avatar.motion.timeline import Floats, bump, chance
from avatar.motion_frame import INDEX
from avatar.motion_frame import Floats as Frames
from narrator.flow import Delivery

NOD_DEG, NOD_HALF_S = 0.4, 0.42
"""How much further the head bows on the most prominent accent, and how long it goes down, and up."""
NOD_MELODY_DEG, BROW_MELODY = 0.25, 0.15
"""While the melody is one range above the voice's middle."""
BROWS_FROM, BROWS_LUCK = 0.41, 0.20
"""Prominence from which brows join an accent, give or take half the other: about two of three."""
BROWS_JOIN, BROWS_JOIN_S = 0.30, 0.35
BROWS_KEPT, BROWS_LEFT, BROWS_LEFT_S = 0.52, 0.16, 0.50
"""Shares of the network's raise: on the whole, and where they do not join."""
STREAM = 80
BROWS = ("brow_raise_left", "brow_raise_right")


@dataclass(frozen=True, slots=True)
class Variety:
    """What is laid over the network's face, one number for each frame."""

    bow_deg: Floats
    brow_share: tuple[Floats, Floats]
    """Of the left and of the right brow's raise."""
    brow_more: tuple[Floats, Floats]

    def vary_brows(self, raised: Floats, side: int, delivery: Delivery) -> Floats:
        """(frames,) one brow, 0 the left, as the network has it; what a mood holds up stays up."""
        held = delivery.emotion_strength * FEELINGS.get(delivery.emotion, {}).get(BROWS[side], 0.0)
        above = raised - held
        return held + np.where(above > 0, above * self.brow_share[side], above) + self.brow_more[side]


def variety_of(
    times: Floats, accents: Sequence[tuple[float, float]], melody: Floats, clock_s: float, delivery: Delivery
) -> Variety:
    """times (frames,) s of the utterance; accents: (moment, prominence 0..1); melody (frames,) in ranges (sound.py).

    Without accents, where nobody knows the text, brows lean and all else stays the network's.
    """
    left, right = sides(times + clock_s, delivery.seed)
    if not accents:
        none = np.zeros(len(times))
        return Variety(none, (left, right), (none, none))
    lively = delivery.liveliness / LIVELINESS_DEFAULT
    high = np.maximum(melody, 0.0)
    bow, joined, kept = NOD_MELODY_DEG * high, BROW_MELODY * high, np.full(len(times), BROWS_KEPT)
    following = [*(moment_s for moment_s, _ in accents[1:]), np.inf]
    for (moment_s, weight), next_s in zip(accents, following, strict=False):
        shape_luck, brow_luck = (chance(delivery.seed, STREAM + k, round((clock_s + moment_s) * 100)) for k in (0, 1))
        nod, depth = spoken_nod(moment_s, NOD_HALF_S, next_s - moment_s, shape_luck)
        bow += NOD_DEG * weight * depth * nod.depth(times)
        if weight + BROWS_LUCK * (brow_luck[0] - 0.5) > BROWS_FROM:
            joined += BROWS_JOIN * weight * bump(times, moment_s, BROWS_JOIN_S)
        else:
            kept += (BROWS_LEFT - kept) * bump(times, moment_s, BROWS_LEFT_S)
    return Variety(lively * bow, (kept * left, kept * right), (lively * joined * left, lively * joined * right))


def carriage(base: Frames, delivery: Delivery) -> dict[str, Floats]:
    """(frames,) yaw and roll of the rules' face without its mood: which way the head is held while it speaks."""
    feeling = FEELINGS.get(delivery.emotion, {})
    moods = {name: delivery.emotion_strength * feeling.get(name, 0.0) for name in ("head_yaw_deg", "head_roll_deg")}
    return {name: base[:, INDEX[name]] - mood for name, mood in moods.items()}
