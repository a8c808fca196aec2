"""What the network hears in, the contacts of lips, teeth and tongue and the silences out, in seconds.

A contact is a peak of its chance over a threshold, as long as the chance stays over a share of it (hysteresis, so that
a chance that trembles makes one contact and not three).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from avatar.articulation.score import SILENCE_MIN_S
from avatar.listening.features import CENTRE_S
from avatar.listening.layout import KIND
from avatar.listening.network import Heard
from avatar.listening.spectra import LOOKS_HZ, Floats

Flags = npt.NDArray[np.bool_]
Stretch = tuple[float, float]

OF = {"lips": ("stop", "hum"), "tuck": ("tuck",), "tongue": ("tongue",), "sibilant": ("sibilant",)}
"""Which kinds of sound make which contact (avatar.diffusion.layout.CONTACTS)."""
HEARD = {"lips": 0.5, "tuck": 0.5, "tongue": 0.5, "sibilant": 0.5}
"""Chance from which a contact counts as heard at its surest look."""
EDGE_SHARE = 0.5
"""Of that threshold, where a contact begins and ends."""
SMOOTHING = 3
"""Looks."""
APART_S = 0.10
"""Two contacts of one kind are at least this far apart, peak to peak; nearer ones are one."""
LONGEST_S = 0.11
"""From its peak to its end: no closure of speech lasts longer than twice that; what does is a pause."""
SHORTEST_S = 0.03
QUIET_CHANCE = 0.5


def contacts_of(heard: Heard, threshold: dict[str, float] | None = None) -> list[tuple[str, float, float]]:
    """(contact, start, end) in seconds of the sound's first sample, in order, none overlapping; the surer one wins."""
    found = []
    for name, least in (threshold or HEARD).items():
        chance = chance_of(heard, name)
        for peak in _peaks(chance, least):
            low, high = _edges(chance, peak, EDGE_SHARE * least)
            found.append((float(chance[peak]), name, second(low - 0.5), second(high + 0.5)))
    kept: list[tuple[str, float, float]] = []
    for _, name, start, end in sorted(found, reverse=True):
        if all(end <= other_start or start >= other_end for _, other_start, other_end in kept):
            kept.append((name, start, end))
    return sorted(kept, key=lambda one: one[1])


def chance_of(heard: Heard, contact: str) -> Floats:
    """(looks,) 0..1, smoothed."""
    chance = heard.kinds[:, [KIND[kind] for kind in OF[contact]]].sum(axis=1)
    return np.convolve(np.pad(chance, SMOOTHING // 2, "edge"), np.ones(SMOOTHING) / SMOOTHING, "valid").astype(
        np.float32
    )


def silences_of(heard: Heard, is_quiet: Flags, *, goes_on_s: float = np.inf) -> list[Stretch]:
    """(start, end) of pauses of at least SILENCE_MIN_S; what ends with the sound goes on for ever.

    is_quiet: (looks,) nothing sounds there. goes_on_s: a pause at the end counts from this length on.
    """
    found = []
    for first, last in runs(is_quiet | (heard.kinds[:, KIND["silence"]] >= QUIET_CHANCE)):
        start = -np.inf if first == 0 else second(first - 0.5)
        end = np.inf if last == len(is_quiet) else second(last - 0.5)
        is_open = np.isinf(end) and second(last) - max(start, 0.0) >= goes_on_s
        if is_open or (np.isfinite(end) or np.isinf(goes_on_s)) and end - start >= SILENCE_MIN_S:
            found.append((start, end))
    return found


def runs(flags: Flags) -> Iterator[tuple[int, int]]:
    """(first, one past the last) of every stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def second(look: float) -> float:
    """When a look listens."""
    return CENTRE_S + look / LOOKS_HZ


def _peaks(chance: Floats, least: float) -> list[int]:
    chosen: list[int] = []
    for place in np.argsort(-chance, kind="stable").tolist():
        if chance[place] < least:
            break
        if all(abs(place - other) >= APART_S * LOOKS_HZ for other in chosen):
            chosen.append(place)
    return chosen


def _edges(chance: Floats, peak: int, least: float) -> tuple[int, int]:
    """The first and the last look of the contact."""
    most, fewest = round(LONGEST_S * LOOKS_HZ), round(SHORTEST_S * LOOKS_HZ / 2)
    low, high = peak, peak
    while low > max(peak - most, 0) and chance[low - 1] >= least:
        low -= 1
    while high < min(peak + most, len(chance) - 1) and chance[high + 1] >= least:
        high += 1
    return min(low, peak - fewest), max(high, peak + fewest)
