"""A file of weights in, the network that listens out; without a file, the best ears that are at hand here."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from avatar.diffusion.weights import read_weights
from avatar.listening import speech_model
from avatar.listening.layout import NAMES
from avatar.listening.network import Listener
from narrator.errors import FaceError

_log = logging.getLogger(__name__)

WEIGHTS = Path(__file__).with_name("listening.safetensors")
WITH_STATES = Path(__file__).with_name("listening_with_states.safetensors")
"""Of ears that are given the speech model's states as well."""


@lru_cache(maxsize=1)
def best_listener() -> Listener:
    """With the speech model where it is installed and loads, else without; a line of the log says which."""
    if not speech_model.is_there():
        _log.info("ears: without a speech model (pip install 'narrator[hearing]' adds it)")
        return listener()
    try:
        speech_model.session(speech_model.ENCODER)
    except FaceError as fault:
        _log.warning("ears: without a speech model: %s", fault)
        return listener()
    _log.info("ears: with Moonshine's speech model")
    return listener(WITH_STATES)


@lru_cache(maxsize=2)
def listener(file: Path = WEIGHTS) -> Listener:
    """The shipped listener that needs no speech model, or another file's. Raises FaceError for another layout."""
    weights, notes = read_weights(file)
    if notes.get("layout") != " ".join(NAMES):
        raise FaceError("weights of this version's layout", f"{file.name} has another", "Reinstall narrator.")
    return Listener(weights)
