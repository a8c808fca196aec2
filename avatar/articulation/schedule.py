"""A gestural score and a frame rate in, the intervals out during which each contact must be held.

A contact is held round the middle of its phone, long enough that at least two frames show it at the actual frame rate
(one for the sibilants' teeth). Where contacts crowd, they are moved apart as little as possible and in order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatar.articulation.score import Score, Segment, has_contact
from avatar.articulation.target import HEIGHT_GROUP, OWNED_WEIGHT, PRESS, Contact

HOLD_S = {Contact.LIPS: 0.060, Contact.TUCK: 0.060, Contact.TONGUE: 0.060, Contact.SIBILANT: 0.040}
"""Shortest physical hold: lipreading.md 2.6 (P B >= 60 ms); fricatives as long as they need to be seen (judgement)."""
NASAL_HOLD_S = 0.070
"""M is held longer than P and B (lipreading.md 2.6)."""
SUSTAIN = 0.6
"""Share of a long phone that is held; the rest is approach and release."""
FRAMES = {Contact.LIPS: 2, Contact.TUCK: 2, Contact.TONGUE: 2, Contact.SIBILANT: 1}
"""Frames that must show it (lipreading.md 2.7, hold rule)."""
EDGE_S = 0.008
"""A hold reaches this far beyond its first and last frame, so that both are firmly inside."""
GAP_S = 0.030
"""Least time between two contacts of different kinds: the tip of a lip moves 5 mm in it at 150 mm/s."""
VOWEL_S = 0.090
"""A vowel between two contacts gets at least this much of the mouth, if the frames allow."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One contact in time."""

    segment: Segment
    contact: Contact
    start_s: float
    end_s: float
    before_s: float
    """Centre of the last sound before it that shapes the lips: the approach may begin there."""
    after_s: float
    """Centre of the first sound after it that shapes the lips: the release must be done by then."""

    @property
    def centre_s(self) -> float:
        """Middle of the hold."""
        return 0.5 * (self.start_s + self.end_s)


def holds_for(score: Score, fps: float, start_s: float) -> list[Hold]:
    """Every contact of the score with its interval; frame i is shown at start_s + i / fps."""
    places = [i for i, segment in enumerate(score.segments) if has_contact(segment)]
    segments = [score.segments[i] for i in places]
    firsts = _frames(score, places, fps, start_s)
    nominal = [_nominal(segment) for segment in segments]
    seen = [_shown(segment, first, fps, start_s) for segment, first in zip(segments, firsts, strict=True)]
    starts = [min(low, frame_low) for (low, _), (frame_low, _) in zip(nominal, seen, strict=True)]
    ends = [max(high, frame_high) for (_, high), (_, frame_high) in zip(nominal, seen, strict=True)]
    for i in range(1, len(segments)):
        if _is_one(score, places[i - 1], places[i]):
            ends[i - 1] = min(ends[i - 1], max(starts[i], seen[i - 1][1]))
        elif _opens_between(score, places[i - 1], places[i]) and starts[i] - ends[i - 1] < VOWEL_S:
            short = 0.5 * (VOWEL_S - (starts[i] - ends[i - 1]))
            ends[i - 1] = max(ends[i - 1] - short, seen[i - 1][1])
            starts[i] = min(starts[i] + short, seen[i][0])
        elif starts[i] - ends[i - 1] < GAP_S:
            middle = 0.5 * (seen[i - 1][1] + seen[i][0])
            ends[i - 1] = max(min(ends[i - 1], middle - GAP_S / 2), seen[i - 1][1])
            starts[i] = min(max(starts[i], middle + GAP_S / 2), seen[i][0])
    return [
        Hold(segment, segment.target.contact, start, end, *_neighbours(score, place))
        for segment, place, start, end in zip(segments, places, starts, ends, strict=True)
    ]


def _nominal(segment: Segment) -> tuple[float, float]:
    nasal = segment.target.contact is Contact.LIPS and segment.target.steps[0].shape[PRESS] < 1.0
    length = max(NASAL_HOLD_S if nasal else HOLD_S[segment.target.contact], SUSTAIN * segment.duration_s)
    return segment.centre_s - length / 2, segment.centre_s + length / 2


def _shown(segment: Segment, first: int, fps: float, start_s: float) -> tuple[float, float]:
    last = first + FRAMES[segment.target.contact] - 1
    return start_s + first / fps - EDGE_S, start_s + last / fps + EDGE_S


def _frames(score: Score, places: list[int], fps: float, start_s: float) -> list[int]:
    """First frame of each contact: nearest to the phone's middle, in order, none shared (isotonic regression)."""
    wanted = []
    offsets = [0]
    for i, place in enumerate(places):
        segment = score.segments[place]
        count = FRAMES[segment.target.contact]
        wanted.append((segment.centre_s - start_s) * fps - (count - 1) / 2 - offsets[-1])
        following = places[i + 1] if i + 1 < len(places) else None
        step = 0 if following is None or _is_one(score, place, following) else count
        if step and following is not None and _opens_between(score, place, following):
            step += 1
        offsets.append(offsets[-1] + step)
    return [int(np.rint(value)) + offset for value, offset in zip(_rising(wanted), offsets, strict=False)]


def _rising(values: list[float]) -> list[float]:
    """The nearest sequence (least squares) that never falls."""
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while pools and pools[-1][0] > mean:
            other, size = pools.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]


def _is_one(score: Score, first: int, second: int) -> bool:
    """Two bilabials with nothing between them are one closure ("pop man", lipreading.md 2.7)."""
    one, two = score.segments[first], score.segments[second]
    both_lips = one.target.contact is two.target.contact is Contact.LIPS
    return both_lips and second == first + 1 and two.start_s - one.end_s < 1e-6


def _opens_between(score: Score, first: int, second: int) -> bool:
    return any(segment.target.vowel for segment in score.segments[first + 1 : second])


def _neighbours(score: Score, place: int) -> tuple[float, float]:
    def shapes_lips(i: int) -> bool:
        target = score.segments[i].target
        return bool(target.weights[HEIGHT_GROUP] >= OWNED_WEIGHT * 0.5 or target.contact is not Contact.NONE)

    count = len(score.segments)
    before = next((score.segments[i].centre_s for i in range(place - 1, -1, -1) if shapes_lips(i)), -np.inf)
    after = next((score.segments[i].centre_s for i in range(place + 1, count) if shapes_lips(i)), np.inf)
    return before, after
