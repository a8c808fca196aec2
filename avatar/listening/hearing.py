"""A whole recording in, what the ears make of each of its looks out; with the speech model where they know it."""

from __future__ import annotations

import numpy as np

from avatar.listening.features import FEATURES, features_of
from avatar.listening.network import Heard, Listener
from avatar.listening.spectra import Floats
from avatar.listening.speech_model import states_of


def hear(listener: Listener, signal: Floats) -> Heard:
    """16 kHz samples in -1..1. Raises FaceError where the listener needs a speech model that is not installed."""
    features = features_of(signal)
    if listener.width > FEATURES:
        features = np.concatenate([features, states_of(signal)], axis=1)
    return listener.hear(features)
