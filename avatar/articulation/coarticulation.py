"""A gestural score in, smooth channel curves out: every phone pulls on its neighbours.

Cohen and Massaro's dominance: each step s asks for its shape with strength w_s * 2 ** -(distance / half-width), the
mouth takes the weighted mean. Tongue-only consonants ask nothing of the lips, so vowels reach across them. A weighted
mean undershoots; a smooth correction therefore carries every phone close enough to its target at its own centre (what a
clear speaker does), and the hard contacts are left to contacts.py.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.articulation.movement import minimum_jerk, within
from avatar.articulation.score import Score
from avatar.articulation.silence import PREPARE_S, SETTLE_S
from avatar.articulation.target import (
    GROUP_CHANNELS,
    GROUPS,
    INNER,
    MOUTH_REST,
    PROTRUSION,
    PROTRUSION_GROUP,
    WIDTH,
    WIDTH_GROUP,
    Floats,
)
from avatar.articulation.targets import AX

Indices = npt.NDArray[np.intp]

GRID_HZ = 200.0
"""Curves are computed on this grid: 5 ms, finer than any gesture (lipreading.md 2.7)."""
SMOOTHING_S = 0.012
"""Time constant of a target approximation in VocalTractLab [S9]; rounds the corners of the dominance functions."""

HALF_BEFORE_S = np.array([0.075, 0.045, 0.060, 0.060, 0.040])
HALF_AFTER_S = np.array([0.075, 0.045, 0.055, 0.055, 0.040])
"""Half-widths of jaw, opening, spreading, protrusion, tongue: lipreading.md 2.7, sharper where clear speech keeps
gestures apart."""
ROUNDING_BEFORE_S = 0.080
"""Rounded sounds reach further ahead in spreading and protrusion. With this half-width the lead of rounding grows by .7
of the interval between two vowels (a test measures it), as it does in speech [S10]; it starts at 130 ms at least."""
TEMPER_S = 0.035
"""Consonants that only temper the rounding do so in passing: the anticipation before them stays."""
ROUNDED_MM = 2.0
"""Protrusion from which a shape counts as rounded."""
RATE_REFERENCE_S = 0.120
"""Half-widths belong to phones of this length and shrink with the root of shorter ones [S5b]."""
RATE_RANGE = (0.55, 1.0)

NEUTRAL_WEIGHT = 1e-4
"""Keeps the mean defined where nobody asks for anything (a lone K); a schwa."""

LIMIT_MM, LIMIT_SHARE, LIMIT_WIDTH, LIMIT_PROTRUSION_MM = 1.0, 0.2, 0.06, 1.6
"""How far from its target a phone may stay at its centre: the tolerances of lipreading.md 2.6, 1.6 in protrusion,
which is slow."""
OUTSIDE_S = 0.2
"""Corrections fade this far before the first and after the last phone."""
MOVE_S = 0.150
"""From the shape held in a pause to the next sound's: as fast as a vowel gesture."""
WINDOW_S, REACH_S = 4.0, 1.5
"""Long utterances are evaluated in windows; steps further than the reach no longer matter (2 ** -10)."""


_UNBLENDED = [channel for channel in range(MOUTH_REST.size) if channel not in sum(GROUP_CHANNELS, ())]
"""Tuck and press belong to contacts alone."""


def curves(score: Score, times: Floats) -> Floats:
    """(len(times), 12) channels, before contacts and silences; times evenly spaced and rising."""
    if not len(score.centres):
        return np.tile(MOUTH_REST, (len(times), 1))
    margin = 4 * SMOOTHING_S
    grid = np.arange(times[0] - margin, times[-1] + margin + 1 / GRID_HZ, 1 / GRID_HZ)
    spoken = _spoken(score, grid)
    smooth = _smoothed(_windowed(score, spoken) + _correction(score, spoken))
    _bridge(smooth, grid, score)
    return np.stack([np.interp(times, grid, smooth[:, channel]) for channel in range(smooth.shape[1])], axis=1)


def _windowed(score: Score, times: Floats) -> Floats:
    size = int(WINDOW_S * GRID_HZ)
    pieces = []
    for first in range(0, len(times), size):
        piece = times[first : first + size]
        near = np.flatnonzero((score.centres > piece[0] - REACH_S) & (score.centres < piece[-1] + REACH_S))
        pieces.append(_mean(score, piece, near))
    return np.concatenate(pieces)


def _mean(score: Score, times: Floats, near: Indices) -> Floats:
    values = np.empty((len(times), score.shapes.shape[1]))
    for group in range(GROUPS):
        share = _shares(score, times, near, group)
        channels = list(GROUP_CHANNELS[group])
        values[:, channels] = (
            share[:, :-1] @ score.shapes[np.ix_(near, np.array(channels))] + share[:, -1:] * AX[channels]
        )
    values[:, _UNBLENDED] = 0.0
    return values


def _shares(score: Score, times: Floats, near: Indices, group: int) -> Floats:
    """(len(times), len(near) + 1) how much each step counts; the last column is the neutral schwa. Rows sum to 1."""
    rate = np.clip(np.sqrt(score.durations[near] / RATE_REFERENCE_S), *RATE_RANGE)
    before, after = HALF_BEFORE_S[group] * rate, HALF_AFTER_S[group] * rate
    if group in (WIDTH_GROUP, PROTRUSION_GROUP):
        before[score.shapes[near, PROTRUSION] > ROUNDED_MM] = ROUNDING_BEFORE_S
        before[score.tempers[near]] = after[score.tempers[near]] = TEMPER_S
    ahead = (score.centres[near] - score.holds[near])[None, :] - times[:, None]
    behind = times[:, None] - (score.centres[near] + score.holds[near])[None, :]
    distance = np.maximum(ahead, 0.0) / before + np.maximum(behind, 0.0) / after
    if group in (WIDTH_GROUP, PROTRUSION_GROUP):
        beyond = np.maximum(_vowel_before(score, near, group)[None, :] - times[:, None], 0.0)
        distance += beyond * np.maximum(1 / (HALF_BEFORE_S[group] * rate) - 1 / before, 0.0)
    strength = np.exp2(-distance) * score.weights[near, group]
    strength = np.concatenate([strength, np.full((len(times), 1), NEUTRAL_WEIGHT)], axis=1)
    return np.asarray(strength / strength.sum(axis=1, keepdims=True))


def _vowel_before(score: Score, near: Indices, group: int) -> Floats:
    """(len(near),) centre of the last step before each that owns the group: nothing reaches far beyond it."""
    owned = score.owned[near, group]
    latest = np.maximum.accumulate(np.where(owned, score.centres[near], -np.inf))
    return np.concatenate([[-np.inf], latest[:-1]])


def _correction(score: Score, times: Floats) -> Floats:
    """(len(times), 12) what must be added so that each phone comes within its limit at its own centre (T13).

    Zero where the blend is close enough; between the centres of phones that own the channel it runs smoothly.
    """
    limit = np.maximum(LIMIT_MM, LIMIT_SHARE * np.abs(score.shapes))
    limit[:, [WIDTH, INNER]] = LIMIT_WIDTH
    limit[:, PROTRUSION] = np.maximum(LIMIT_PROTRUSION_MM, LIMIT_SHARE * np.abs(score.shapes[:, PROTRUSION]))
    reached = _windowed(score, score.centres)
    short = score.shapes - reached
    missing = np.sign(short) * np.maximum(np.abs(short) - limit, 0.0)
    correction = np.zeros((len(times), score.shapes.shape[1]))
    for group in range(GROUPS):
        own = np.flatnonzero(score.owned[:, group])
        if len(own):
            for channel in GROUP_CHANNELS[group]:
                correction[:, channel] = _through(score.centres[own], missing[own, channel], times)
    return correction


def _through(knots: Floats, values: Floats, times: Floats) -> Floats:
    """Straight from knot to knot, zero far outside; the smoothing that follows rounds the corners."""
    knots = np.concatenate([[knots[0] - OUTSIDE_S], knots, [knots[-1] + OUTSIDE_S]])
    return np.asarray(np.interp(times, knots, np.concatenate([[0.0], values, [0.0]])))


def _spoken(score: Score, times: Floats) -> Floats:
    """The times with each silence closed up: its first half counts as its first moment, its second as its last.

    Otherwise sounds that reach far ahead would shape the mouth through silences in which they are not wanted yet.
    """
    times = times.copy()
    for start, end in score.silences:
        if np.isfinite(start) and np.isfinite(end):
            middle = 0.5 * (start + end)
        else:
            middle = -np.inf if np.isfinite(end) else np.inf
        first, second = within(times, start, middle), within(times, max(middle, start), end)
        times[first], times[second] = start, end
    return times


def _bridge(values: Floats, times: Floats, score: Score) -> None:
    """In pauses too short for rest the last shape is held, then moves to the next one and arrives as that begins."""
    for start, end in score.silences:
        span = within(times, start, end)
        if end - start < SETTLE_S + PREPARE_S and span.stop - span.start > 1:
            share = minimum_jerk((times[span] - end + MOVE_S) / MOVE_S)[:, None]
            values[span] = (1 - share) * values[span.start] + share * values[min(span.stop, len(times) - 1)]


def _smoothed(values: Floats) -> Floats:
    reach = int(np.ceil(3 * SMOOTHING_S * GRID_HZ))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (SMOOTHING_S * GRID_HZ)) ** 2)
    kernel /= kernel.sum()
    padded = np.pad(values, ((reach, reach), (0, 0)), mode="edge")
    return np.stack([np.convolve(padded[:, c], kernel, "valid") for c in range(values.shape[1])], axis=1)
