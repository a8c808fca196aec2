"""A gestural score in, smooth channel curves out: every phone pulls on its neighbours as far as it is let.

Cohen and Massaro's dominance: each step s asks for its shape with strength w_s * 2 ** -(distance / half-width), the
mouth takes the weighted mean. Tongue-only consonants ask nothing of the lips, so vowels reach across them. A weighted
mean undershoots; the wanted shapes are therefore pushed beyond themselves until every phone comes close enough to its
target at its own centre (what a clear speaker does), and the hard contacts are left to contacts.py.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.articulation.score import Score
from avatar.articulation.target import GROUP_CHANNELS, GROUPS, INNER, MOUTH_REST, OWNED_WEIGHT, WIDTH, Floats
from avatar.articulation.targets import AX

Indices = npt.NDArray[np.intp]

GRID_HZ = 200.0
"""Curves are computed on this grid: 5 ms, finer than any gesture (lipreading.md 2.7)."""
SMOOTHING_S = 0.012
"""Time constant of a target approximation in VocalTractLab [S9]; rounds the corners of the dominance functions."""

HALF_BEFORE_S = np.array([0.075, 0.045, 0.110, 0.150, 0.040])
HALF_AFTER_S = np.array([0.075, 0.045, 0.080, 0.080, 0.040])
"""Half-widths of jaw, opening, spreading, protrusion, tongue: lipreading.md 2.7, sharper where clear speech keeps
gestures apart. Protrusion's before : after gives the slope .65 of anticipation against interval (measured: .7)."""
RATE_REFERENCE_S = 0.120
"""Half-widths belong to phones of this length and shrink with the root of shorter ones [S5b]."""
RATE_RANGE = (0.55, 1.0)

NEUTRAL_WEIGHT = 1e-4
"""Keeps the mean defined where nobody asks for anything (a lone K); a schwa."""

SWEEPS = 6
LIMIT_MM, LIMIT_SHARE, LIMIT_WIDTH = 1.2, 0.2, 0.05
"""How far from its target a phone may stay at its centre: 1.2 of the tolerances of lipreading.md 2.6."""
OVERSHOOT = 3.0
"""How far a shape may be pushed beyond itself, in multiples of its own limit."""
WINDOW_S, REACH_S = 4.0, 1.5
"""Long utterances are evaluated in windows; steps further than the reach no longer matter (2 ** -10)."""


def curves(score: Score, times: Floats) -> Floats:
    """(len(times), 12) channels, before contacts and silences; times evenly spaced and rising."""
    if not len(score.centres):
        return np.tile(MOUTH_REST, (len(times), 1))
    shapes = _compensated(score)
    margin = 4 * SMOOTHING_S
    grid = np.arange(times[0] - margin, times[-1] + margin + 1 / GRID_HZ, 1 / GRID_HZ)
    smooth = _smoothed(_windowed(score, shapes, grid))
    return np.stack([np.interp(times, grid, smooth[:, channel]) for channel in range(smooth.shape[1])], axis=1)


def _windowed(score: Score, shapes: Floats, times: Floats) -> Floats:
    size = int(WINDOW_S * GRID_HZ)
    pieces = []
    for first in range(0, len(times), size):
        piece = times[first : first + size]
        near = np.flatnonzero((score.centres > piece[0] - REACH_S) & (score.centres < piece[-1] + REACH_S))
        pieces.append(_mean(score, shapes, piece, near))
    return np.concatenate(pieces)


def _mean(score: Score, shapes: Floats, times: Floats, near: Indices) -> Floats:
    values = np.empty((len(times), shapes.shape[1]))
    for group in range(GROUPS):
        share = _shares(score, times, near, group)
        channels = list(GROUP_CHANNELS[group])
        values[:, channels] = share[:, :-1] @ shapes[np.ix_(near, np.array(channels))] + share[:, -1:] * AX[channels]
    values[:, _UNBLENDED] = 0.0
    return values


def _shares(score: Score, times: Floats, near: Indices, group: int) -> Floats:
    """(len(times), len(near) + 1) how much each step counts; the last column is the neutral schwa. Rows sum to 1."""
    rate = np.clip(np.sqrt(score.durations[near] / RATE_REFERENCE_S), *RATE_RANGE)
    ahead = (score.centres[near] - score.holds[near])[None, :] - times[:, None]
    behind = times[:, None] - (score.centres[near] + score.holds[near])[None, :]
    distance = np.maximum(ahead, 0.0) / (HALF_BEFORE_S[group] * rate) + np.maximum(behind, 0.0) / (
        HALF_AFTER_S[group] * rate
    )
    strength = np.exp2(-distance) * score.weights[near, group]
    neutral = np.full((len(times), 1), NEUTRAL_WEIGHT)
    strength = np.concatenate([strength, neutral], axis=1)
    return np.asarray(strength / strength.sum(axis=1, keepdims=True))


def _compensated(score: Score) -> Floats:
    """Shapes pushed beyond themselves so that each step comes within its limit of what it wanted (T13)."""
    wanted = score.shapes
    limit = np.maximum(LIMIT_MM, LIMIT_SHARE * np.abs(wanted))
    limit[:, [WIDTH, INNER]] = LIMIT_WIDTH
    asked = wanted.copy()
    order = np.argsort(score.centres)
    for first in range(0, len(order), _BLOCK):
        inner = order[first : first + _BLOCK]
        low, high = score.centres[inner[0]] - REACH_S, score.centres[inner[-1]] + REACH_S
        near = np.flatnonzero((score.centres > low) & (score.centres < high))
        for group in range(GROUPS):
            _push(score, asked, wanted, limit, near, group)
    return asked


_BLOCK = 60
_UNBLENDED = [channel for channel in range(MOUTH_REST.size) if channel not in sum(GROUP_CHANNELS, ())]
"""Tuck and press belong to contacts alone."""


def _push(score: Score, asked: Floats, wanted: Floats, limit: Floats, near: Indices, group: int) -> None:
    share = _shares(score, score.centres[near], near, group)[:, :-1]
    own = np.flatnonzero(score.weights[near, group] >= OWNED_WEIGHT)
    steps = near[own]
    strength = np.maximum(share[own, own], 0.2)
    for channel in GROUP_CHANNELS[group]:
        allowed = OVERSHOOT * limit[steps, channel]
        for _ in range(SWEEPS):
            reached = share[own] @ asked[near, channel] + (1 - share[own].sum(axis=1)) * AX[channel]
            short = wanted[steps, channel] - reached
            missing = np.sign(short) * np.maximum(np.abs(short) - limit[steps, channel], 0.0)
            pushed = asked[steps, channel] + missing / strength
            asked[steps, channel] = np.clip(pushed, wanted[steps, channel] - allowed, wanted[steps, channel] + allowed)


def _smoothed(values: Floats) -> Floats:
    reach = int(np.ceil(3 * SMOOTHING_S * GRID_HZ))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (SMOOTHING_S * GRID_HZ)) ** 2)
    kernel /= kernel.sum()
    padded = np.pad(values, ((reach, reach), (0, 0)), mode="edge")
    return np.stack([np.convolve(padded[:, c], kernel, "valid") for c in range(values.shape[1])], axis=1)
