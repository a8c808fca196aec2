"""A whole stretch of sound in, the chance of each kind of sound at each look out: phones in context, twice adapted.

What the model's voices are to it, this voice becomes: what was probably said says how the voice differs, and then it
is heard again.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from avatar.listening.acoustic_model import REACH, acoustic_model, with_slopes
from avatar.listening.adaptation import adapted_to
from avatar.listening.features import LEAST_POWER, colour_of
from avatar.listening.layout import ENGLISH, KIND, NAMES
from avatar.listening.phone_loop import PhoneLoop
from avatar.listening.spectra import Floats, band_power, cepstra
from avatar.listening.sphinx_files import following, sphinx_model

ADAPTED = 2
"""Times that the voice is heard again."""
NETWORK_SHARE = 0.6
"""Of what the network and the phones say together. It is surer of synthetic voices, of which it heard many; phones in
context, which were learnt from real ones, are surer of those. At this share neither kind of voice loses."""
_LEAST = 1e-3


def kinds_in_context(signal: Floats) -> Floats:
    """(looks, layout.NAMES) chances of a whole stretch of 16 kHz samples in -1..1. Raises FaceError."""
    return in_kinds(phones_in_context(signal))


def phones_in_context(signal: Floats) -> Floats:
    """(looks, PHONES) chances. Noise is not taken off: what that blurs costs more than it gives."""
    power = band_power(signal)
    model, loop = acoustic_model(), phone_loop()
    if len(power) == 0:
        return np.zeros((0, len(model.states)), np.float32)
    bands = np.log(np.maximum(np.pad(power, ((REACH, REACH), (0, 0)), "edge"), LEAST_POWER))
    streams = with_slopes(cepstra(bands - colour_of(power).mean))
    heard_as = streams
    states = loop.states(model.likelihoods(streams))
    for _ in range(ADAPTED):
        heard_as = adapted_to(model, streams, heard_as, states)(streams)
        states = loop.states(model.likelihoods(heard_as))
    return np.asarray(np.add.reduceat(states, model.first, axis=1), np.float32)


def in_kinds(phones: Floats) -> Floats:
    """(looks, layout.NAMES) of (looks, PHONES)."""
    kinds = np.zeros((len(phones), len(NAMES)), np.float32)
    for phone, name in enumerate(ENGLISH):
        kinds[:, KIND[name]] += phones[:, phone]
    return kinds


def agreed(kinds: Floats, in_context: Floats) -> Floats:
    """(looks, kinds) of the network's chances and those of phones in context: their weighted geometric mean."""
    both = NETWORK_SHARE * np.log(kinds + _LEAST) + (1 - NETWORK_SHARE) * np.log(in_context + _LEAST)
    chances = np.exp(both)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), np.float32)


@lru_cache(maxsize=1)
def phone_loop() -> PhoneLoop:
    """The installed model's. Raises FaceError."""
    return PhoneLoop(sphinx_model(), following())
