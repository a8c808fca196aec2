"""Where the stress lies and how it is voiced in, the accents out: what heads and brows underline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatar.diffusion.sound import FRAME_HZ, Doubles, Floats
from avatar.motion.timeline import bump

SPACING_S = 0.6
"""Accents closer than this would make the head shake."""
PLAIN, BY_MELODY, BY_LOUDNESS = 0.65, 0.45, 0.45
"""Prominence of a stressed syllable at the voice's middle and level, and what one range above them adds."""
LEAST = 0.1
BUMP_S = 0.35
"""Half-length of an accent: a syllable and its neighbours."""


def accents(
    stressed_s: Sequence[float], times: Doubles, melody: Doubles | Floats, loudness: Doubles | Floats
) -> list[tuple[float, float]]:
    """(moment, prominence 0..1) of stressed syllables, the weightier first taken, SPACING_S apart, in order.

    melody and loudness, (frames,), count in the ranges of sound.py.
    """
    found = []
    for moment in stressed_s:
        place = int(np.clip(np.searchsorted(times, moment), 0, len(times) - 1))
        weight = PLAIN + BY_MELODY * float(melody[place]) + BY_LOUDNESS * float(loudness[place])
        found.append((moment, float(np.clip(weight, LEAST, 1.0))))
    chosen: list[tuple[float, float]] = []
    for moment, weight in sorted(found, key=lambda one: -one[1]):
        if all(abs(moment - other) >= SPACING_S for other, _ in chosen):
            chosen.append((moment, weight))
    return sorted(chosen)


def accents_heard(stress: Floats, melody: Floats, loudness: Floats) -> tuple[tuple[float, float], ...]:
    """(moment in s after the first frame, prominence) of the same; stress (frames,) is 1 in a word's main syllable."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (stress >= 1.0).astype(int), [0]])))
    middles = [(first + last - 1) / 2 / FRAME_HZ for first, last in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(accents(middles, np.arange(len(stress)) / FRAME_HZ, melody, loudness))


def accent_curve(marks: Sequence[tuple[float, float]], frames: int) -> Floats:
    """(frames,) a bump on each accent, as high as its prominence."""
    times, curve = np.arange(frames) / FRAME_HZ, np.zeros(frames)
    for moment, weight in marks:
        curve = np.maximum(curve, weight * bump(times, moment, BUMP_S))
    return curve.astype(np.float32)
