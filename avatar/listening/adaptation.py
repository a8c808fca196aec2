"""A voice's features and what was probably said in them in, features that fit the model's voices better out.

Constrained maximum likelihood linear regression (Gales 1998): one affine map for each stream, drawn towards none at
all where little is heard.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatar.listening.acoustic_model import SCORES, AcousticModel, Stream
from avatar.listening.spectra import CEPSTRA, Doubles, Floats
from avatar.listening.sphinx_files import SILENCE

HELD_BACK = 300.0
"""Looks that speak for no change."""
LEAST_CHANCE = 0.05
"""Of a phone at a look for it to count."""
ROUNDS = 5
_WIDTH = CEPSTRA + 1


@dataclass(frozen=True, slots=True)
class Adaptation:
    """An affine map for each stream."""

    turns: tuple[Doubles, ...]
    """(CEPSTRA, CEPSTRA) each."""
    shifts: tuple[Doubles, ...]
    """(CEPSTRA,) each."""

    def __call__(self, streams: list[Floats]) -> list[Floats]:
        """(looks, CEPSTRA) each in, the same out."""
        pairs = zip(streams, self.turns, self.shifts, strict=True)
        return [np.asarray(seen @ turn.T + shift, np.float32) for seen, turn, shift in pairs]


def adapted_to(model: AcousticModel, streams: list[Floats], heard_as: list[Floats], states: Floats) -> Adaptation:
    """The map under which the voice would most likely sound as it does.

    streams: as they are; heard_as: as they were mapped when states, (looks, all states), were found.
    """
    made = [_map(model, *one, states) for one in zip(model.streams, streams, heard_as, strict=True)]
    return Adaptation(tuple(turn for turn, _ in made), tuple(shift for _, shift in made))


def _map(
    model: AcousticModel, stream: Stream, seen: Floats, heard_as: Floats, states: Floats
) -> tuple[Doubles, Doubles]:
    wide = np.concatenate([seen.astype(np.float64), np.ones((len(seen), 1))], axis=1)
    count, precision, pull = _shares(model, stream, heard_as, states)
    spread = np.einsum("ti,tj,td->dij", wide, wide, precision, optimize=True)
    drawn = pull.T @ wide
    own = wide.T @ wide / len(wide)
    whole = count + HELD_BACK
    for row in range(CEPSTRA):  # the looks that speak for no change
        weight = HELD_BACK * np.trace(spread[row]) / max(np.trace(own) * count, 1e-9)
        spread[row] += weight * own + 1e-6 * np.eye(_WIDTH)
        drawn[row] += weight * own[row]
    turn, shift = np.eye(CEPSTRA), np.zeros(CEPSTRA)
    inverses = np.linalg.inv(spread)
    for _ in range(ROUNDS):
        for row in range(CEPSTRA):
            best = _row(turn, row, inverses[row], spread[row], drawn[row], whole)
            turn[row], shift[row] = best[:CEPSTRA], best[CEPSTRA]
    return turn, shift


def _shares(model: AcousticModel, stream: Stream, heard_as: Floats, states: Floats) -> tuple[float, Doubles, Doubles]:
    """How many looks count, and what each asks for: the densities' precisions and pulls, (looks, CEPSTRA) each."""
    densities = stream.densities(heard_as)
    precisions = stream.precision.reshape(CEPSTRA, SCORES, -1).astype(np.float64)
    pulls = stream.pull.reshape(CEPSTRA, SCORES, -1).astype(np.float64)
    count, precision, pull = 0.0, np.zeros((len(heard_as), CEPSTRA)), np.zeros((len(heard_as), CEPSTRA))
    for phone in range(SCORES):
        first = model.first[phone]
        own = states[:, first : first + model.states[phone]]
        looks = np.flatnonzero(own.sum(axis=1) > LEAST_CHANCE)
        if phone == SILENCE or len(looks) == 0:
            continue
        here = densities[looks, phone]
        here = np.exp(here - here.max(axis=1, keepdims=True))
        share = here * ((own[looks] / (here @ stream.weights[phone] + 1e-30)) @ stream.weights[phone].T)
        count += float(share.sum())
        precision[looks] += share @ precisions[:, phone].T
        pull[looks] += share @ pulls[:, phone].T
    return count, precision, pull


def _row(turn: Doubles, row: int, inverse: Doubles, spread: Doubles, drawn: Doubles, whole: float) -> Doubles:
    """(CEPSTRA + 1,) the best row while the others stand still: the better root of a quadratic (Gales 1998, 3.2)."""
    cofactors = np.append(np.linalg.inv(turn).T[row] * np.linalg.det(turn), 0.0)
    square, linear = cofactors @ inverse @ cofactors, cofactors @ inverse @ drawn
    root = np.sqrt(linear * linear + 4 * square * whole)
    rows = [
        (share * cofactors + drawn) @ inverse
        for share in ((-linear + root) / (2 * square), (-linear - root) / (2 * square))
    ]

    def likelihood(one: Doubles) -> float:
        return float(whole * np.log(abs(one @ cofactors)) - 0.5 * one @ spread @ one + one @ drawn)

    return max(rows, key=likelihood)
