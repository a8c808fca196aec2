"""Curves and the score's silences in, curves out in which the lips come to rest and prepare in time.

Silence as lipreading.md 7 defines it: of a pause of at least 200 ms, what lies between 150 ms after its first moment
and 200 ms before the next phone. Outside it the mouth is still (or already) open; shorter pauses hold the last shape.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from avatar.articulation.movement import EXEMPT_S, OPEN_MM, minimum_jerk, within
from avatar.articulation.score import Score
from avatar.articulation.target import INNER, MOUTH_REST, Floats

SETTLE_S = 0.150
"""From the last sound to lips at rest."""
PREPARE_S = 0.200
"""From lips at rest to the next sound."""
MARGIN_S = 0.006
LEAD_S = 0.030
"""The mouth leaves the last shape this long before its sound ends."""
ARRIVE_S = 0.060
"""The first shape is there this long before its sound: lips lead (lipreading.md 2.7)."""
SLIT_WIDTH = 0.60
"""Resting lips part, and meet, along their length: the inner width of the slit that is just about to close."""


def quiet(score: Score) -> Iterator[tuple[float, float]]:
    """(start, end) of what counts as silence, longest pauses first to last; only those that hold anything."""
    for start, end in score.silences:
        low, high = start + SETTLE_S, end - PREPARE_S
        if high >= low:
            yield low, high


def closable(score: Score) -> Iterator[tuple[float, float, float]]:
    """(start, end, slope in mm/s) of the stretches in which the lips may fall below open, and how fast."""
    slope = OPEN_MM / (EXEMPT_S - 2 * MARGIN_S)
    for low, high in quiet(score):
        yield low - EXEMPT_S + MARGIN_S, high + EXEMPT_S - MARGIN_S, slope


def at_rest(values: Floats, times: Floats, score: Score) -> Floats:
    """(len(times), 12) drawn to the resting mouth in every silence."""
    speaking = np.ones(len(times))
    closing, opening = SETTLE_S + LEAD_S - MARGIN_S, PREPARE_S - ARRIVE_S
    for low, high in quiet(score):
        span = within(times, low - MARGIN_S - closing, high + opening)
        leave = minimum_jerk((low - MARGIN_S - times[span]) / closing) if np.isfinite(low) else 0.0
        enter = minimum_jerk((times[span] - high) / opening) if np.isfinite(high) else 0.0
        speaking[span] *= np.maximum(leave, enter)
    rest = MOUTH_REST.copy()
    rest[INNER] = SLIT_WIDTH
    return np.asarray(values * speaking[:, None] + rest * (1.0 - speaking[:, None]))
