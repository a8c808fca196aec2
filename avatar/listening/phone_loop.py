"""How well each state fits each look in, the chance of each state given the whole sound out: phones one after another.

Every phone may follow every other, as often as three phones follow each other in English; each is spoken as it was
heard between its two neighbours. Forward and backward over all of it (Rabiner 1989), where what is next to impossible
is left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.listening.spectra import Floats
from avatar.listening.sphinx_files import STATES, Numbers, SphinxModel

TRUST = 0.3
"""Of each look's fit: looks 10 ms apart repeat each other, so their likelihoods together say too much."""
BEAM = 1e-7
"""Two phones in a row less likely than that, at a look, are left out: the chances of P B M change by less than .02."""
LEAST_FIT = 1e-12
"""Of a look beside the best state's: even noise, which fits nothing that may come next, leaves every way open."""
PIECE, MARGIN = 300, 60
"""Looks followed at once, and how many more before and after them: memory stays flat, 0.6 s forgets what was before."""
MOST_ALIVE = 300
"""Pairs of phones at a look; where more are likely, as in noise, only the likelier ones are followed."""

_COMPILED = {"nogil": True, "cache": True, "fastmath": True, "error_model": "numpy"}
_Alive = tuple[Floats, Numbers, npt.NDArray[np.int64], Floats]


class PhoneLoop:
    """Follows speech. Any number of threads may use it."""

    def __init__(self, model: SphinxModel, following: Floats) -> None:
        """following: (phone, next, one after that) chances."""
        self._model, self._following = model, following

    def states(self, likelihoods: Floats) -> Floats:
        """(looks, states) chances given everything before and after, of (looks, states) log likelihoods."""
        found = [np.zeros((0, likelihoods.shape[1]), np.float32)]
        for first in range(0, len(likelihoods), PIECE):
            low, high = max(0, first - MARGIN), min(len(likelihoods), first + PIECE + MARGIN)
            fits = TRUST * (likelihoods[low:high] - likelihoods[low:high].max(axis=1, keepdims=True))
            there = self._piece(np.maximum(np.exp(fits), np.float32(LEAST_FIT)))
            found.append(there[first - low : min(first + PIECE, len(likelihoods)) - low])
        return np.concatenate(found)

    def _piece(self, fits: Floats) -> Floats:
        model = self._model
        alive = _forward(fits, model.in_context, self._following, model.moves, BEAM, MOST_ALIVE)
        chances = _backward(fits, model.in_context, self._following, model.moves, alive)
        return np.asarray(chances / chances.sum(axis=1, keepdims=True))


@njit(**_COMPILED)
def _forward(fits, in_context, following, moves, beam, most):  # type: ignore[no-untyped-def]
    """Pairs (phone before, phone) alive at each look: their chances (pair, next, STATES), names, starts, and scales."""
    looks, phones = len(fits), len(following)
    kept = np.empty((looks * most, phones, STATES), np.float32)
    names, starts = np.empty(looks * most, np.int32), np.zeros(looks + 1, np.int64)
    scales = np.ones(looks, np.float32)
    now = np.zeros((phones * phones, phones, STATES), np.float32)
    is_alive, sums = np.zeros(phones * phones, np.bool_), np.zeros(phones * phones, np.float32)
    entering = np.full((phones, phones), 1.0 / phones**2, np.float32)
    count = 0
    for look in range(looks):
        if look:
            _leaving(kept, names, starts[look - 1], starts[look], moves, entering)
        for pair in range(phones * phones):
            come = entering[pair // phones, pair % phones]
            if is_alive[pair] or come >= beam:
                is_alive[pair] = True
                before, phone = pair // phones, pair % phones
                states, after = in_context[before, phone], following[before, phone]
                sums[pair] = _step(now[pair], come, fits[look], states, after, moves[phone])
        total = sums.sum()
        scales[look] = total
        least = beam * total
        while (sums > least).sum() > most:
            least *= 2
        for pair in range(phones * phones):
            if not is_alive[pair]:
                continue
            if sums[pair] < least:
                is_alive[pair] = False
                now[pair] = sums[pair] = 0.0
            else:
                now[pair] /= total
                kept[count], names[count] = now[pair], pair
                count += 1
        starts[look + 1] = count
    return kept[:count], names[:count], starts, scales


@njit(**_COMPILED)
def _leaving(kept, names, first, last, moves, entering):  # type: ignore[no-untyped-def]
    """The chance that a phone ends and that next one begins, summed over what was before."""
    entering[:] = 0.0
    phones = len(entering)
    for place in range(first, last):
        phone = names[place] % phones
        for after in range(phones):
            entering[phone, after] += kept[place, after, 2] * moves[phone, 2, 3]


@njit(**_COMPILED)
def _step(now, come, fit, states, following, moves):  # type: ignore[no-untyped-def]
    """One look further, of (next, STATES) chances of a phone after another; their sum."""
    total = np.float32(0.0)
    for after in range(len(now)):
        one, two, three = now[after, 0], now[after, 1], now[after, 2]
        now[after, 0] = (one * moves[0, 0] + come * following[after]) * fit[states[after, 0]]
        now[after, 1] = (two * moves[1, 1] + one * moves[0, 1]) * fit[states[after, 1]]
        now[after, 2] = (three * moves[2, 2] + two * moves[1, 2]) * fit[states[after, 2]]
        total += now[after, 0] + now[after, 1] + now[after, 2]
    return total


@njit(**_COMPILED)
def _backward(fits, in_context, following, moves, alive):  # type: ignore[no-untyped-def]
    """(looks, states) chances, not yet summing to one."""
    kept, names, starts, scales = alive
    looks, phones = len(fits), len(following)
    chances = np.zeros(fits.shape, np.float32)
    later = np.ones((phones * phones, phones, STATES), np.float32)
    beginning = np.zeros((phones, phones), np.float32)
    was_alive = np.zeros(phones * phones, np.bool_)
    for look in range(looks - 1, -1, -1):
        if look < looks - 1:
            beginning[:] = 0.0
            was_alive[:] = False
            for place in range(starts[look + 1], starts[look + 2]):
                pair = names[place]
                was_alive[pair] = True
                before, phone = pair // phones, pair % phones
                for after in range(phones):
                    fit = fits[look + 1, in_context[before, phone, after, 0]]
                    beginning[before, phone] += following[before, phone, after] * fit * later[pair, after, 0]
        for place in range(starts[look], starts[look + 1]):
            pair = names[place]
            before, phone = pair // phones, pair % phones
            for after in range(phones):
                states = in_context[before, phone, after]
                if look < looks - 1:
                    ends = moves[phone, 2, 3] * beginning[phone, after]
                    _back(
                        later[pair, after],
                        fits[look + 1],
                        states,
                        moves[phone],
                        ends,
                        was_alive[pair],
                        scales[look + 1],
                    )
                for state in range(STATES):
                    chances[look, states[state]] += kept[place, after, state] * later[pair, after, state]
    return chances


@njit(**_COMPILED)
def _back(later, fit, states, moves, ends, was_alive, scale):  # type: ignore[no-untyped-def]
    """One look back, of (STATES,) chances of what comes after each state."""
    one, two, three = later[0] * fit[states[0]], later[1] * fit[states[1]], later[2] * fit[states[2]]
    if not was_alive:
        one = two = three = 0.0
    later[0] = (moves[0, 0] * one + moves[0, 1] * two) / scale
    later[1] = (moves[1, 1] * two + moves[1, 2] * three) / scale
    later[2] = (moves[2, 2] * three + ends) / scale
