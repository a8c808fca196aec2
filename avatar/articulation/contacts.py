"""Smooth curves and holds in, curves out in which every contact is certain and nothing else is closed.

A weighted mean of shapes promises nothing (lipreading.md 2.7), so contacts are laid over it: each pulls its channels
to fixed values along a minimum-jerk path, holds them, and lets go. Between contacts a floor keeps the lips apart (T8).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatar.articulation.movement import EXEMPT_S, OPEN_MM, PEAK_OF_MINIMUM_JERK, dig, minimum_jerk, within
from avatar.articulation.schedule import Hold
from avatar.articulation.score import Score
from avatar.articulation.silence import PREPARE_S, SETTLE_S, closable, quiet
from avatar.articulation.target import (
    FLARE,
    HEIGHT,
    HIGHEST,
    INNER,
    JAW,
    LOWEST,
    PRESS,
    PROTRUSION,
    TEETH,
    TIP_FORWARD,
    TIP_HEIGHT,
    TUCK,
    WIDTH,
    Contact,
    Floats,
)
from avatar.motion_frame import OVERBITE_MM

CLOSING_SPEED_MM_S = 250.0
"""Lip closing that is asked for where there is time: peak speeds of natural closures are 200-350 mm/s."""
RAMP_S = (0.040, 0.060)
"""Shortest approach where neighbours are near, and where they are not."""
LONGEST_RAMP_S = (0.100, 0.120)
"""Longest approach and release: from a wide vowel the lips close over three frames, never in one."""
ONSET_S, ONSET_SHARE = 0.110, 0.10
"""T9 wants the onset 60-120 ms before the apex; it is felt when this share of the approach is over, at a fifth of the
peak speed."""
REACH = 1.1
"""An approach may begin a little before the middle of the sound it leaves: the path starts with no speed."""
JAW_RAMP_S = (0.060, 0.101)
"""Shortest and longest: the jaw is heavier than the lips; 10 mm in 101 ms peaks at 186 mm/s."""
TONGUE_RAMP_S = 0.060
"""The tip darts 12 mm at a peak of 300 mm/s at most (judgement)."""
CROWDED_S = 0.060
"""Between contacts closer than this, with nothing between them, the mouth goes straight from one to the other."""

PRESS_RISE_S = 0.008
"""Lips that meet are pressed this fast, and part as fast: the release snap. A hold reaches as far beyond its first and
last frame (schedule.EDGE_S), so both are pressed: lips that only touch are seen up to .016 of the pupils apart."""
APEX_DEPTH_MM = 0.1
"""The press deepens this much towards the middle of its hold, so that its apex is a moment and not a stretch."""

EXEMPT_MARGIN_S = 0.010
"""The floor ends this much inside the exempt stretch, so that a frame at its edge is still open."""
FLOOR_SLOPE_MM_S = 60.0
"""At least this fast the floor gives way to a closure."""
APART_S = 0.020
"""Lips need at least this long from touching to OPEN_MM."""

BARED_MM = 3.5
"""More of the lower teeth than this shows in no vowel: where the lips open further, the jaw goes with them."""
JAW_IN_CLOSURE_MM = 6.0
"""Lips meet with the jaw at most this low (measured 2.4-7.2, lipreading.md 2.2)."""
SIBILANT_JAW_MM = 2.4
"""Leaves the incisors 0.9 mm apart, which looks shut; T4 allows 1.5."""
TUCKED_PROTRUSION_MM = 1.0
"""More would carry the lower lip away from the teeth."""
TUCKED_WIDTH = {WIDTH: 0.92, INNER: 0.62}
"""A lip drawn onto a row of teeth cannot be rounded more than this."""
FULL_INNER_MM = 1.2
"""Below this lip height the opening narrows with it; closed lips have no inner width."""

PARTED_MM = 2.6
"""Lips part no further between rest and a closure, as for a breath: more is seen as a syllable, "a-my" (judgement)."""

TOUCHING_S = 1e-6
"""Moments closer than this are one."""

_LIP_CONTACTS = (Contact.LIPS, Contact.TUCK, Contact.TONGUE)


def sealed(values: Floats, times: Floats, score: Score, holds: Sequence[Hold]) -> Floats:
    """(len(times), 12) with every contact made and the lips apart everywhere else."""
    values = values.copy()
    lips = [hold for hold in holds if hold.contact in _LIP_CONTACTS]
    floor = open_floor(times, score, lips)
    values[:, HEIGHT] = np.maximum(values[:, HEIGHT], np.minimum(floor, OPEN_MM))
    _part_gently(values[:, HEIGHT], times, score, lips)
    bared = OVERBITE_MM - values[:, JAW] - (values[:, TEETH] - values[:, HEIGHT])
    values[:, JAW] += np.maximum(bared - BARED_MM, 0.0)
    ramps = [_lip_ramp(hold, values[:, HEIGHT], times) for hold in lips]
    for channel in (HEIGHT, WIDTH, INNER, TEETH, TUCK, PRESS, FLARE, PROTRUSION):
        values[:, channel] = _laid_over(values[:, channel], times, lips, ramps, channel)
    with_lips = dict(zip(map(id, lips), ramps, strict=True))
    jaw_ramps = [with_lips[id(hold)] if hold.contact is Contact.LIPS else _jaw_ramp(hold) for hold in holds]
    values[:, JAW] = _laid_over(values[:, JAW], times, holds, jaw_ramps, JAW)
    tongues = [hold for hold in holds if hold.contact is Contact.TONGUE]
    for channel in (TIP_FORWARD, TIP_HEIGHT):
        values[:, channel] = _laid_over(
            values[:, channel], times, tongues, [(TONGUE_RAMP_S, TONGUE_RAMP_S)] * len(tongues), channel
        )
    values[:, HEIGHT] = np.maximum(values[:, HEIGHT], floor)
    values[:, INNER] *= np.clip(values[:, HEIGHT] / FULL_INNER_MM, 0.0, 1.0)
    return np.clip(values, LOWEST, HIGHEST)


def _part_gently(heights: Floats, times: Floats, score: Score, lips: Sequence[Hold]) -> None:
    """Between lips at rest and a P B M beside the silence heights stay below PARTED_MM; they are changed in place."""
    for hold in lips:
        if hold.contact is Contact.LIPS:
            for low_s, high_s in quiet(score):
                if abs(hold.segment.start_s - high_s - PREPARE_S) < TOUCHING_S:
                    _keep_below(heights, within(times, low_s, hold.centre_s))
                if abs(hold.segment.end_s - low_s + SETTLE_S) < TOUCHING_S:
                    _keep_below(heights, within(times, hold.centre_s, high_s))


def _keep_below(heights: Floats, span: slice) -> None:
    heights[span] = np.minimum(heights[span], PARTED_MM)


def _lip_ramp(hold: Hold, heights: Floats, times: Floats) -> tuple[float, float]:
    """Seconds of approach and release: no faster than lips are, no further than the neighbour's middle."""
    before_apex = max((ONSET_S - 0.5 * (hold.end_s - hold.start_s)) / (1 - ONSET_SHARE), RAMP_S[1])
    longest = (min(LONGEST_RAMP_S[0], before_apex), LONGEST_RAMP_S[1])
    found = []
    for edge, neighbour, most in zip((hold.start_s, hold.end_s), (hold.before_s, hold.after_s), longest, strict=True):
        room = REACH * abs(neighbour - edge)
        far = neighbour if np.isfinite(neighbour) else edge
        height = float(np.interp(far, times, heights))
        wanted = PEAK_OF_MINIMUM_JERK * height / CLOSING_SPEED_MM_S
        found.append(max(min(max(wanted, RAMP_S[1]), most, room), RAMP_S[0]))
    return found[0], found[1]


def _jaw_ramp(hold: Hold) -> tuple[float, float]:
    """The jaw takes longer, except towards P B M: there it rises with the lips, or the lower teeth would be bared."""
    before, after = REACH * (hold.start_s - hold.before_s), REACH * (hold.after_s - hold.end_s)
    shortest, longest = JAW_RAMP_S
    return min(max(before, shortest), longest), min(max(after, shortest), longest)


def _laid_over(
    base: Floats, times: Floats, holds: Sequence[Hold], ramps: Sequence[tuple[float, float]], channel: int
) -> Floats:
    """The channel with each hold's own value laid over it."""
    if not holds:
        return base
    remaining = np.ones(len(times))
    weighted = np.zeros(len(times))
    total = np.zeros(len(times))
    for i, hold in enumerate(holds):
        gap_before = hold.start_s - holds[i - 1].end_s if i else np.inf
        gap_after = holds[i + 1].start_s - hold.end_s if i + 1 < len(holds) else np.inf
        up, down = min(ramps[i][0], gap_before), min(ramps[i][1], gap_after)
        span = within(times, hold.start_s - max(up, 0), hold.end_s + max(down, 0))
        moment = times[span]
        weight = minimum_jerk(np.minimum(_rise(moment - hold.start_s, up), _rise(hold.end_s - moment, down)))
        remaining[span] *= 1.0 - weight
        weighted[span] += weight * _value(hold, channel, moment, base[span])
        total[span] += weight
        if gap_after < CROWDED_S and hold.after_s == holds[i + 1].segment.centre_s:
            remaining[within(times, hold.end_s, hold.end_s + gap_after)] = 0.0
    return np.asarray((remaining * base + weighted) / np.maximum(remaining + total, 1e-9))


def _rise(since_edge: Floats, length: float) -> Floats:
    """1 inside the hold, falling to 0 over length seconds before its edge."""
    if length <= 1e-6:
        return (since_edge >= 0).astype(np.float64)
    return np.asarray(1.0 + np.minimum(since_edge, 0.0) / length)


def _value(hold: Hold, channel: int, times: Floats, base: Floats) -> Floats | float:
    """What the contact asks of the channel while it is held; base where it asks nothing."""
    wanted = hold.segment.target.steps[0].shape
    if channel == JAW:
        limit = {Contact.LIPS: JAW_IN_CLOSURE_MM, Contact.SIBILANT: SIBILANT_JAW_MM}.get(hold.contact)
        return np.minimum(base, limit) if limit is not None else float(wanted[JAW])
    if channel == PROTRUSION:
        return np.minimum(base, TUCKED_PROTRUSION_MM) if hold.contact is Contact.TUCK else base
    if channel in (WIDTH, INNER):
        return np.maximum(base, TUCKED_WIDTH[channel]) if hold.contact is Contact.TUCK else base
    if channel == HEIGHT and hold.contact is Contact.LIPS:
        return -_press(hold, times, -float(wanted[HEIGHT]))
    if channel == HEIGHT and hold.contact is Contact.TUCK:
        half = 0.5 * (hold.end_s - hold.start_s)
        return float(wanted[HEIGHT]) + APEX_DEPTH_MM * ((times - hold.centre_s) / half) ** 2
    if channel == PRESS:
        return _press(hold, times, float(wanted[PRESS]))
    if channel == FLARE:
        return 0.0
    return float(wanted[channel])


def _press(hold: Hold, times: Floats, depth: float) -> Floats:
    """0 at the hold's edges, depth in its middle."""
    half = 0.5 * (hold.end_s - hold.start_s)
    inside = half - np.abs(times - hold.centre_s)
    flat = depth * minimum_jerk(inside / min(PRESS_RISE_S, half))
    return np.asarray(flat * (1.0 - APEX_DEPTH_MM * (1.0 - inside / half).clip(0, 1) ** 2))


def open_floor(times: Floats, score: Score, lips: Sequence[Hold]) -> Floats:
    """(frames,) mm, the least lip height: OPEN_MM, falling inside P B M, silences and what surrounds them."""
    floor = np.full(len(times), OPEN_MM)
    for hold in lips:
        if hold.contact is Contact.LIPS:
            low = min(hold.segment.start_s - EXEMPT_S + EXEMPT_MARGIN_S, hold.start_s - APART_S)
            high = max(hold.segment.end_s + EXEMPT_S - EXEMPT_MARGIN_S, hold.end_s + APART_S)
            slope = max(FLOOR_SLOPE_MM_S, OPEN_MM / max(min(hold.start_s - low, high - hold.end_s), 1e-3))
            dig(floor, times, low, high, slope)
    for low, high, slope in closable(score):
        dig(floor, times, low, high, slope)
    return floor
