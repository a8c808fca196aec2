"""Cepstra in, how well each state of each English phone fits out: the Gaussians of CMU Sphinx's model.

It heard real people speak English; other languages' sounds are scored as the English ones they come near to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from avatar.listening.spectra import CEPSTRA, Doubles, Floats
from avatar.listening.sphinx_files import PHONES, STREAMS, SphinxModel, sphinx_model

REACH = 3
"""Looks before and after that the slopes need."""
SCORES = len(PHONES)
LOWEST_SCORE = -25.0
PIECE = 48
"""Looks scored at once: what they need stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What is known of all phones' cepstra, of their slopes, or of the slopes' slopes."""

    precision: Floats
    """(CEPSTRA, PHONES * densities)"""
    pull: Floats
    """(CEPSTRA, PHONES * densities) mean times precision."""
    offset: Floats
    """(PHONES * densities,)"""
    weights: list[Floats]
    """(densities, states) of each phone: the mixtures of its states."""

    def densities(self, seen: Floats) -> Floats:
        """(looks, PHONES, densities) log likelihoods of (looks, CEPSTRA)."""
        fit = seen @ self.pull - 0.5 * ((seen * seen) @ self.precision) + self.offset
        return np.asarray(fit.reshape(len(seen), len(self.weights), -1))

    def likelihoods(self, seen: Floats) -> Floats:
        """(looks, all states) logarithms."""
        densities = self.densities(seen)
        top = densities.max(axis=2, keepdims=True)
        shares = np.exp(densities - top)
        mixed = [shares[:, i] @ weights + 1e-30 for i, weights in enumerate(self.weights)]
        tops = [np.repeat(top[:, i], weights.shape[1], axis=1) for i, weights in enumerate(self.weights)]
        return np.asarray(np.log(np.concatenate(mixed, axis=1)) + np.concatenate(tops, axis=1), np.float32)


class AcousticModel:
    """Scores phones and their states. Any number of threads may use it."""

    def __init__(self, model: SphinxModel) -> None:
        self.streams = [_stream(model, number) for number in range(STREAMS)]
        self.states = np.bincount(model.owner, minlength=SCORES)
        """(SCORES,) how many each phone has."""
        self.first = np.concatenate([[0], np.cumsum(self.states)[:-1]])

    def scores(self, cepstra: Doubles) -> Floats:
        """(looks - 2 REACH, SCORES) log likelihoods below the best one, of cepstra less the voice's own mean."""
        streams = with_slopes(cepstra)
        pieces = [slice(first, first + PIECE) for first in range(0, len(streams[0]), PIECE)]
        found = [self._scores([one[piece] for one in streams]) for piece in pieces]
        return np.concatenate(found) if found else np.zeros((0, SCORES), np.float32)

    def likelihoods(self, streams: list[Floats]) -> Floats:
        """(looks, all states) logarithms, of (looks, CEPSTRA) each (with_slopes)."""
        looks = range(0, len(streams[0]), PIECE)
        found = [self._likelihoods([one[first : first + PIECE] for one in streams]) for first in looks]
        return np.concatenate(found) if found else np.zeros((0, int(self.states.sum())), np.float32)

    def _scores(self, streams: list[Floats]) -> Floats:
        states = self._likelihoods(streams)
        shares = np.exp(states - states.max(axis=1, keepdims=True))
        means = np.add.reduceat(shares, self.first, axis=1) / self.states.astype(np.float32)
        scores = np.log(means + 1e-30)
        return np.asarray(np.maximum(scores - scores.max(axis=1, keepdims=True), LOWEST_SCORE), np.float32)

    def _likelihoods(self, streams: list[Floats]) -> Floats:
        total = np.zeros((1, 1), np.float32)
        for stream, seen in zip(self.streams, streams, strict=True):
            total = total + stream.likelihoods(seen)
        return total


@lru_cache(maxsize=1)
def acoustic_model() -> AcousticModel:
    """The installed one. Raises FaceError where it is missing or another."""
    return AcousticModel(sphinx_model())


def with_slopes(cepstra: Doubles) -> list[Floats]:
    """The cepstra, their differences over 4 looks, and the differences of those over 2: (looks - 2 REACH) each."""
    looks = len(cepstra) - 2 * REACH
    at = [cepstra[REACH + k : REACH + k + looks].astype(np.float32) for k in range(-REACH, REACH + 1)]
    return [at[3], at[5] - at[1], (at[6] - at[2]) - (at[4] - at[0])]


def _stream(model: SphinxModel, number: int) -> Stream:
    mean, variance = (one[:, number].reshape(-1, CEPSTRA) for one in (model.means, model.variances))
    offset = -0.5 * (mean**2 / variance + np.log(2 * np.pi * variance)).sum(axis=1)
    precision, pull = (np.ascontiguousarray(one.T, np.float32) for one in (1 / variance, mean / variance))
    return Stream(precision, pull, offset.astype(np.float32), model.weights[number])
