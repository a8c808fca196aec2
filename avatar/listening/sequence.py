"""Chances of each look by itself in, chances that know how speech goes on out: a hidden Markov model, both ways.

Each kind of sound is a chain of PARTS states, so that none is shorter than PARTS looks; which kind follows which, and
how long each lasts, was counted in the training sentences. What a network believes because it was common there is
divided out (Bourlard and Morgan 1994), so that rare contacts are not lost.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from avatar.listening.spectra import Doubles, Floats

PARTS = 3
TRUST = 0.3
"""Of each look's evidence: neighbouring looks share most of what they hear (held-out material)."""
LEAST_STAY = 0.2
_LEAST = 1e-6


class Sequence:
    """How sounds follow each other."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """sequence.next (kinds, kinds), sequence.looks (kinds,) mean lengths and sequence.share (kinds,)."""
        self._share = weights["sequence.share"].astype(np.float64)
        self._moves = _moves(weights["sequence.next"].astype(np.float64), weights["sequence.looks"].astype(np.float64))

    def read(self, kinds: Floats) -> Floats:
        """(looks, kinds) chances given everything before and after, of (looks, kinds) chances by the look alone."""
        evidence = TRUST * (np.log(kinds + _LEAST) - np.log(self._share))
        evidence = np.repeat(np.exp(evidence - evidence.max(axis=1, keepdims=True)), PARTS, axis=1)
        looks, states = evidence.shape
        before, after = np.empty((looks, states)), np.ones((looks, states))
        so_far = np.full(states, 1.0 / states)
        for i in range(looks):
            so_far = (so_far @ self._moves if i else so_far) * evidence[i]
            so_far /= so_far.sum()
            before[i] = so_far
        for i in range(looks - 2, -1, -1):
            to_come = self._moves @ (evidence[i + 1] * after[i + 1])
            after[i] = to_come / to_come.sum()
        both = before * after
        both = both / both.sum(axis=1, keepdims=True)
        return np.asarray(both.reshape(looks, -1, PARTS).sum(axis=2), np.float32)


def _moves(following: Doubles, looks: Doubles) -> Doubles:
    """(states, states) chance of going from one state to another."""
    kinds = len(looks)
    stay = np.maximum(1.0 - PARTS / np.maximum(looks, PARTS + 0.5), LEAST_STAY)
    moves = np.zeros((kinds * PARTS, kinds * PARTS))
    for kind in range(kinds):
        first, last = kind * PARTS, (kind + 1) * PARTS - 1
        for state in range(first, last + 1):
            moves[state, state] = stay[kind]
            if state < last:
                moves[state, state + 1] = 1.0 - stay[kind]
        moves[last, ::PARTS] += (1.0 - stay[kind]) * following[kind]
    return moves
