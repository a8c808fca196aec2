"""Samples in, what the listening network is given out: cleaned bands, how far they stand out, and phone scores.

Everything is measured against the voice's own mean spectrum, so that microphones and rooms fall away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatar.listening.acoustic_model import REACH, SCORES, acoustic_model
from avatar.listening.spectra import BANDS, HOP, RATE_HZ, WINDOW, Cleaner, Doubles, Floats, band_power, cepstra

FEATURES = 2 * BANDS + 2 + SCORES
CENTRE_S = WINDOW / 2 / RATE_HZ
"""Look i hears the moment CENTRE_S + i / LOOKS_HZ."""
_BAND_SCALE, _SCORE_SCALE, _CLEAREST = 3.0, 6.0, 8.0
LEAST_POWER = 1e-4
VOICE_RANGE = 4.6
"""Natural logarithm of power: what lies further below the voice's level (20 dB) says nothing of the voice's colour."""
SPEECH_SHARE = 90
"""Percentile of loudness that stands for the voice's level."""


QUIET_RANGE = 8.75
"""Below the voice's level (38 dB): nothing is said there, whatever the network hears."""
NOTHING = -20.0
HUSH = 6.3
"""Logarithm of the power of hiss at -70 dB of full scale: below it nothing is said at all."""


@dataclass(frozen=True, slots=True)
class Colour:
    """What belongs to the voice, the room and the microphone, not to the sound that is said."""

    mean: Doubles
    """(BANDS,) logarithm of the power while somebody speaks."""
    level: float
    """Logarithm of the power where the voice is loud."""


def features_of(signal: Floats) -> Floats:
    """(looks, FEATURES) of a whole stretch of 16 kHz samples in -1..1."""
    power = band_power(signal)
    if len(power) == 0:
        return np.zeros((0, FEATURES), np.float32)
    clean, noise = Cleaner().clean(power)
    padded = np.pad(clean, ((REACH, REACH), (0, 0)), "edge")
    return rows(padded, power, noise, colour_of(clean))


def rows(clean: Doubles, power: Doubles, noise: Doubles, colour: Colour) -> Floats:
    """(looks, FEATURES); clean has REACH looks more at either end."""
    bands = np.log(np.maximum(clean, LEAST_POWER))
    scores = acoustic_model().scores(cepstra(bands - colour.mean))
    bands = bands[REACH : len(bands) - REACH]
    apart = np.log(np.maximum(power, LEAST_POWER) / np.maximum(noise, LEAST_POWER)).clip(0, _CLEAREST)
    parts = [
        (bands - colour.mean).clip(-12, 6) / _BAND_SCALE,
        apart / _CLEAREST,
        (loudness(clean[REACH : len(clean) - REACH]) - colour.level)[:, None].clip(-12, 3) / _BAND_SCALE,
        apart.mean(axis=1, keepdims=True) / _CLEAREST,
        1 + scores / _SCORE_SCALE,
    ]
    return np.asarray(np.concatenate(parts, axis=1), np.float32)


def colour_of(clean: Doubles) -> Colour:
    """Of (looks, BANDS) power with somebody speaking in it."""
    loud = loudness(clean)
    level = float(np.percentile(loud, SPEECH_SHARE))
    return Colour(np.log(np.maximum(clean[loud > level - VOICE_RANGE], LEAST_POWER)).mean(axis=0), level)


def loudness(power: Doubles) -> Doubles:
    """(looks,) logarithm of the mean power."""
    return np.asarray(np.log(np.maximum(power, LEAST_POWER).mean(axis=1)))


def voice_loudness(signal: Floats) -> Doubles:
    """(looks,) logarithm of the power over the voice's level, noise taken off; NOTHING where nothing sounds."""
    power = band_power(signal)
    if len(power) == 0:
        return np.zeros(0)
    clean = Cleaner().clean(power)[0]
    return over_level(clean, float(np.percentile(loudness(clean), SPEECH_SHARE)))


def over_level(clean: Doubles, level: float) -> Doubles:
    """(looks,) as voice_loudness, of (looks, BANDS) power less noise."""
    loud = loudness(clean)
    return np.where(loud < HUSH, NOTHING, loud - level)


def look_times(looks: int) -> Doubles:
    """(looks,) s."""
    return CENTRE_S + np.arange(looks) * HOP / RATE_HZ
