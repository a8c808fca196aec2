"""Features of the sound in, what kind of sound each look is and what the mouth does out: dilated convolutions in numpy.

It hears LOOK_AHEAD looks beyond the one it judges and PAST before it, so a stream gives what a whole recording gives.
avatar/training/learning/torch_listener.py is the same network as it learns; a test holds them equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from avatar.listening.features import FEATURES
from avatar.listening.layout import MOUTH_WIDTH, NAMES, OUTPUT_WIDTH
from avatar.listening.sequence import Sequence
from avatar.listening.spectra import Floats

MODEL_WIDTH = 128
TAPS = 5
BLOCKS = ((1, 2), (2, 2), (4, 1), (8, 0), (1, 0))
"""(looks from tap to tap, taps that lie in the future) of each block."""
LOOK_AHEAD = sum(step * ahead for step, ahead in BLOCKS)
PAST = sum(step * (TAPS - 1 - ahead) for step, ahead in BLOCKS)
EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Heard:
    """What the network makes of each look."""

    kinds: Floats
    """(looks, layout.NAMES) probabilities."""
    mouth: Floats
    """(looks, MOUTH_WIDTH) millimetres and shares, as avatar.motion_frame.MOUTH_CHANNELS."""


class Listener:
    """The trained weights at work. Any number of threads may use it."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights
        self.sequence = Sequence(weights)

    def hear(self, features: Floats) -> Heard:
        """(looks, FEATURES) of a whole stretch: its ends are held beyond it."""
        if len(features) == 0:
            features = np.zeros((1, FEATURES), np.float32)
        padded = np.pad(features, ((PAST, LOOK_AHEAD), (0, 0)), "edge")
        return self.hear_between(padded)

    def hear_between(self, features: Floats) -> Heard:
        """All looks that have PAST before them and LOOK_AHEAD after them."""
        x = self._linear("come_in", features)
        for number, (step, ahead) in enumerate(BLOCKS):
            x = self._block(f"blocks.{number}", x, step, ahead)
        out = self._linear("tell", self._norm("last_norm", x))
        assert out.shape[1] == OUTPUT_WIDTH
        chances = np.exp(out[:, : len(NAMES)] - out[:, : len(NAMES)].max(axis=1, keepdims=True))
        mouth = out[:, -MOUTH_WIDTH:] * self.weights["scale.spread"] + self.weights["scale.mean"]
        return Heard(chances / chances.sum(axis=1, keepdims=True), mouth)

    def _block(self, name: str, x: Floats, step: int, ahead: int) -> Floats:
        """Looks without all of their taps are left out at both ends."""
        normal = self._norm(f"{name}.norm", x)
        looks = len(x) - step * (TAPS - 1)
        near = np.concatenate([normal[k * step : k * step + looks] for k in range(TAPS)], axis=1)
        kernel = self.weights[f"{name}.near.weight"]  # (out, in, taps)
        inner = near @ kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]) + self.weights[f"{name}.near.bias"]
        inner = inner / (1.0 + np.exp(-inner))
        here = step * (TAPS - 1 - ahead)
        return np.asarray(x[here : here + looks] + self._linear(f"{name}.mix", inner))

    def _norm(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + EPSILON)
        return np.asarray(centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"])

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"])
