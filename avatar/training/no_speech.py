"""A seed in, sound that nobody says out: chords, drums, hum and noise, with a mouth that rests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from avatar.diffusion.sound import RATE_HZ, Floats
from avatar.training.pairs import Pair, pair_of
from avatar.training.speakers import Spoken
from narrator.flow import Phone

LENGTH_S = (4.0, 8.0)
CHORDS = ((0, 4, 7), (0, 3, 7), (0, 5, 9), (0, 4, 7, 11))
"""Half tones above the root."""


def unsaid(seed: int) -> Spoken:
    """Music or noise."""
    chance = np.random.default_rng((seed, 3))
    length = int(chance.uniform(*LENGTH_S) * RATE_HZ)
    signal = _music(length, chance) if chance.random() < 0.6 else _noise(length, chance)
    signal = 10 ** (chance.uniform(-45, -12) / 20) * signal / (np.sqrt(np.mean(signal**2)) + 1e-9)
    return Spoken(signal.astype(np.float32), (Phone("", 0.0, length / RATE_HZ),), "no speech")


def silent_pair(seed: int) -> Pair:
    """Music or noise, and a face that listens."""
    chance = np.random.default_rng((seed, 4))
    pair = pair_of(unsaid(seed), seed)
    # its level is not a voice's: as loud as speech would be, or far below it
    return replace(pair, level_db=pair.level_db + float(chance.uniform(0, 25)))


def _music(length: int, chance: np.random.Generator) -> Floats:
    times = np.arange(length) / RATE_HZ
    signal = np.zeros(length)
    step = int(chance.uniform(0.25, 1.0) * RATE_HZ)
    for first in range(0, length, step):
        root = 110 * 2 ** (chance.integers(0, 24) / 12)
        span = slice(first, min(first + step, length))
        decay = np.exp(-(times[span] - times[first]) * chance.uniform(0.5, 6))
        for interval in CHORDS[chance.integers(len(CHORDS))]:
            for harmonic in range(1, int(chance.integers(2, 9))):
                hertz = root * 2 ** (interval / 12) * harmonic
                if hertz < RATE_HZ / 2:
                    signal[span] += (
                        decay * np.sin(2 * np.pi * hertz * times[span]) / harmonic ** chance.uniform(0.7, 1.5)
                    )
        if chance.random() < 0.5:
            signal[span] += (
                chance.uniform(0, 2)
                * np.exp(-(times[span] - times[first]) * 40)
                * chance.standard_normal(span.stop - span.start)
            )
    return np.asarray(signal, np.float32)


def _noise(length: int, chance: np.random.Generator) -> Floats:
    """Coloured, wavering."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / RATE_HZ) + 20
    signal = np.fft.irfft(spectrum * hertz ** -chance.uniform(0, 1.2), length)
    waver = 1 + chance.uniform(0, 0.9) * np.sin(2 * np.pi * chance.uniform(0.2, 6) * np.arange(length) / RATE_HZ)
    return np.asarray(signal * waver, np.float32)
