"""What the ears make of each look and the words that were read in: when each phone of them is said.

The cheapest way through the words (Viterbi), phone by phone in any of the ways each may be said. Between two words
there may be silence, or sounds that are no word of the text ("um"): they fit anything, at a price for each look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.listening.layout import KIND, kind_of
from avatar.listening.pronunciation import Said
from avatar.listening.spectra import Doubles

Ints = npt.NDArray[np.intp]

PARTS = 2
"""Looks that a phone lasts at least."""
PRICE = 1.0
"""Of a look that no word explains, in the evidence's own unit."""
UNKNOWN_PRICE = 0.1
"""The same where a word stands that the dictionary does not know."""
SILENCE, ANYTHING = -1, -2
"""In the place of a kind of sound."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A stretch of the sound that one phone, a pause or something unknown takes."""

    ipa: str
    """Empty in pauses and in what is unknown."""
    first: int
    last: int
    """Looks, the last one past its end."""
    is_known: bool
    """False for sounds that no word explains."""


@dataclass(frozen=True, slots=True)
class _Lattice:
    """States, each lasting one look or more, and what may follow what."""

    kind: Ints
    """(states,) place in layout.NAMES, SILENCE or ANYTHING."""
    price: Doubles
    """(states,) for each look."""
    said: list[tuple[str, int]]
    """The phone each state belongs to, and the number of that phone."""
    source: Ints
    target: Ints
    """(moves,) sorted by target."""
    begins: Ints
    ends: Ints
    """States with which it may begin and end."""


def fit(evidence: Doubles, words: Sequence[Sequence[Said]]) -> list[Fitted]:
    """(looks, kinds) logarithms, and the ways to say each word (none: unknown): the whole stretch, in order.

    Empty where the words are too many for the looks.
    """
    lattice = _lattice(words)
    fits = evidence[:, lattice.kind.clip(0)]
    fits[:, lattice.kind == SILENCE] = evidence[:, [KIND["silence"]]]
    fits[:, lattice.kind == ANYTHING] = evidence.max(axis=1, keepdims=True)
    return _stretches(_best_way(fits - lattice.price, lattice), lattice)


def _lattice(words: Sequence[Sequence[Said]]) -> _Lattice:
    kinds: list[int] = []
    prices: list[float] = []
    said: list[tuple[str, int]] = []
    moves: list[tuple[int, int]] = []

    def state(kind: int, price: float, phone: tuple[str, int]) -> int:
        kinds.append(kind)
        prices.append(price)
        said.append(phone)
        moves.append((len(kinds) - 1, len(kinds) - 1))
        return len(kinds) - 1

    def gap(before: list[int], price: float) -> list[int]:
        """Silence, anything, or nothing at all."""
        pause = state(SILENCE, 0.0, ("", len(kinds)))
        other = state(ANYTHING, price, ("", len(kinds)))
        moves.extend((one, two) for one in before for two in (pause, other))
        moves.extend([(pause, other), (other, pause)])
        return [*before, pause, other]

    open_ends = gap([], PRICE)
    begins = [0, 1]
    is_first = True
    for ways in words:
        ends = []
        for way in ways:
            place = open_ends
            for i, ipa in enumerate(way):
                number = len(kinds)
                for part in range(PARTS):
                    here = state(kind_of(ipa), 0.0, (ipa, number))
                    moves.extend((one, here) for one in place)
                    if is_first and i == part == 0:
                        begins.append(here)
                    place = [here]
            ends.extend(place)
        open_ends = gap(ends or open_ends, PRICE if ways else UNKNOWN_PRICE)
        is_first = is_first and not ways
    source, target = np.array(sorted(moves, key=lambda move: move[1]), np.intp).T
    return _Lattice(np.array(kinds), np.array(prices), said, source, target, np.array(begins), np.array(open_ends))


def _best_way(fits: Doubles, lattice: _Lattice) -> list[int]:
    """The state of each look; empty where no way leads through."""
    firsts = np.flatnonzero(np.diff(lattice.target, prepend=-1))
    came_from = np.zeros(fits.shape, np.int32)
    so_far = np.full(fits.shape[1], -np.inf)
    so_far[lattice.begins] = fits[0, lattice.begins]
    for look in range(1, len(fits)):
        offered = so_far[lattice.source]
        best = np.maximum.reduceat(offered, firsts)
        is_best = np.flatnonzero(offered == best[lattice.target])[::-1]
        came_from[look, lattice.target[is_best]] = lattice.source[is_best]
        so_far = best + fits[look]
    place = int(lattice.ends[so_far[lattice.ends].argmax()])
    if not np.isfinite(so_far[place]):
        return []
    way = [place]
    for look in range(len(fits) - 1, 0, -1):
        way.append(int(came_from[look, way[-1]]))
    return way[::-1]


def _stretches(way: list[int], lattice: _Lattice) -> list[Fitted]:
    found: list[Fitted] = []
    numbers = [lattice.said[state][1] for state in way]
    edges = [0, *(i for i in range(1, len(way)) if numbers[i] != numbers[i - 1]), len(way)]
    for first, last in zip(edges, edges[1:], strict=False):
        if first < last:
            state = way[first]
            found.append(Fitted(lattice.said[state][0], first, last, bool(lattice.kind[state] != ANYTHING)))
    return found
