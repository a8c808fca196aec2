"""A mouth that was heard and its contacts in, a mouth that keeps the articulation's promises out.

Where the text is known the articulation's own mouth takes its place. Where it is not, the contacts that were heard
become holds of the articulation's schedule, pauses become its silences, and its own sealing makes both certain: lips
that close stay closed for two frames, others are clearly open, silence is closed, the jaw keeps its caps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatar.articulation.contacts import sealed
from avatar.articulation.lower_lip import riding_on_jaw
from avatar.articulation.schedule import holds_for
from avatar.articulation.score import JAW_SHARE, Score, Segment
from avatar.articulation.silence import at_rest
from avatar.articulation.target import COUNT, GROUPS, HEIGHT, HIGHEST, INNER, JAW, LOWEST, PRESS, PROTRUSION, TUCK
from avatar.articulation.target import Floats as Doubles
from avatar.articulation.targets import ENGLISH
from avatar.diffusion.layout import CONTACTS
from avatar.diffusion.sound import Floats

TARGETS = dict(zip(CONTACTS, ("P", "F", "TH", "S"), strict=True))
"""Which sound stands for each contact."""
MEAN_TO_MOVE = 1.2
"""A network gives the mean of what a mouth may do, which moves less than any mouth; measured on held-out voices."""


def score_of(contacts: Sequence[tuple[str, float, float]], silences: Sequence[tuple[float, float]]) -> Score:
    """What the articulation needs to seal a mouth whose text nobody knows: (name, start, end) in seconds."""
    segments = tuple(
        Segment(ENGLISH[TARGETS[name]], start, end)
        for name, start, end in contacts
        if not any(low <= 0.5 * (start + end) <= high for low, high in silences)
    )
    nothing = np.zeros(0)
    return Score(
        segments=segments,
        silences=tuple(silences),
        centres=nothing,
        holds=nothing,
        durations=nothing,
        shapes=np.zeros((0, COUNT)),
        weights=np.zeros((0, GROUPS)),
        owned=np.zeros((0, GROUPS), bool),
        tempers=np.zeros(0, bool),
    )


def projected(mouth: Floats, score: Score, times: Doubles, fps: float) -> Doubles:
    """(frames, COUNT) the nearest mouth that keeps the promises of the score."""
    values = np.clip(mouth.astype(np.float64), LOWEST, HIGHEST)
    values[:, [TUCK, PRESS]] = 0.0  # belong to contacts alone
    values[:, INNER] = np.maximum(values[:, INNER], 0.2)
    return riding_on_jaw(sealed(at_rest(values, times, score), times, score, holds_for(score, fps, float(times[0]))))


def wide(mouth: Floats, gain: float) -> Floats:
    """The mouth at a gain over the one that is taught: lip height and protrusion grow, the jaw a little."""
    grown, gain = mouth.copy(), gain * MEAN_TO_MOVE
    extra = (gain - 1.0) * np.maximum(mouth[:, HEIGHT], 0.0)
    grown[:, HEIGHT] += extra
    grown[:, JAW] += JAW_SHARE * extra
    grown[:, PROTRUSION] *= gain
    return grown
