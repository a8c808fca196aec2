"""A file of weights in, the network that listens out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from avatar.diffusion.weights import read_weights
from avatar.listening.layout import NAMES
from avatar.listening.network import Listener
from narrator.errors import FaceError

WEIGHTS = Path(__file__).with_name("listening.safetensors")


@lru_cache(maxsize=2)
def listener(file: Path = WEIGHTS) -> Listener:
    """The shipped listener, or another file's. Raises FaceError for weights of another layout."""
    weights, notes = read_weights(file)
    if notes.get("layout") != " ".join(NAMES):
        raise FaceError("weights of this version's layout", f"{file.name} has another", "Reinstall narrator.")
    return Listener(weights)
