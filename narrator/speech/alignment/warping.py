"""Two utterances of one text in, the moments of the second that belong to those of the first out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from narrator.speech.alignment.features import HOP_S

Floats = npt.NDArray[np.float64]

_HORIZONTAL, _VERTICAL = 1, 2
"""Moves, by their place among the options weighed in _accumulate; 0 is the diagonal."""
_STEP_COST = 0.35
"""Extra cost, as a share of the median distance, of a step that stretches or shrinks time."""


def warp(reference: Floats, target: Floats) -> Floats:
    """(len(reference),): for every frame of the reference its (fractional) frame in the target, rising."""
    distance = _distances(reference, target)
    moves = _accumulate(distance, _STEP_COST * float(np.median(distance)))
    return _trace(moves)


def _distances(reference: Floats, target: Floats) -> Floats:
    squared = (reference**2).sum(1)[:, None] + (target**2).sum(1)[None, :] - 2.0 * reference @ target.T
    distances: Floats = np.sqrt(np.maximum(squared, 0.0))
    return distances


def _accumulate(distance: Floats, step_cost: float) -> npt.NDArray[np.int8]:
    """Cheapest way to each cell, one antidiagonal at a time so that numpy does the inner loop."""
    rows, columns = distance.shape
    moves = np.zeros((rows, columns), np.int8)
    before = np.full(rows + 1, np.inf)  # costs of antidiagonal k-1, by row + 1
    before_that = np.full(rows + 1, np.inf)
    for k in range(rows + columns - 1):
        low, high = max(0, k - columns + 1), min(k, rows - 1)
        row = np.arange(low, high + 1)
        cost = distance[row, k - row]
        options = np.stack([before_that[row] + cost, before[row + 1] + step_cost, before[row] + step_cost])
        if k == 0:
            options[0, 0] = 0.0
        move = options.argmin(axis=0)
        here = np.full(rows + 1, np.inf)
        here[row + 1] = options[move, np.arange(len(row))] + cost
        moves[row, k - row] = move
        before_that, before = before, here
    return moves


def _trace(moves: npt.NDArray[np.int8]) -> Floats:
    row, column = moves.shape[0] - 1, moves.shape[1] - 1
    path = [(row, column)]
    while row > 0 or column > 0:
        move = moves[row, column]
        if move != _HORIZONTAL:
            row -= 1
        if move != _VERTICAL:
            column -= 1
        path.append((max(row, 0), max(column, 0)))
    pairs = np.array(path[::-1], dtype=np.float64)
    matched = np.zeros(moves.shape[0])
    counts = np.bincount(pairs[:, 0].astype(int), minlength=moves.shape[0])
    np.add.at(matched, pairs[:, 0].astype(int), pairs[:, 1])
    mapping: Floats = matched / np.maximum(counts, 1)
    return mapping


def carry(times_s: Floats, mapping: Floats) -> Floats:
    """Times (n,) s of the reference as times (n,) s of the target; mapping as warp() makes it."""
    carried: Floats = np.interp(times_s / HOP_S, np.arange(len(mapping)), mapping) * HOP_S
    return carried
