"""Noisy motion, sound, text and wishes in, the clean motion out: the transformer, in numpy alone.

Two stacks of the same blocks (a depthwise convolution for what is near, attention for what is far, a feed-forward
layer; Gulati et al. 2020 combine them so): the ears hear the sound once for each window, the mover is evaluated at each
step of the sampler. avatar/training/learning/torch_network.py is the same network as it learns; a test holds
them equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from avatar.diffusion.layout import HEARD_MOUTH, TEXT_WIDTH, WIDTH, WISH_WIDTH
from avatar.diffusion.sound import SOUND_WIDTH, Floats

MODEL_WIDTH = 192
HEADS = 6
INNER_WIDTH = 4 * MODEL_WIDTH
EAR_BLOCKS, MOVER_BLOCKS = 3, 3
KERNEL = 9
"""Frames the convolution spans: 0.3 s."""
TIME_WIDTH = 64
MOUTH_WIDTH = HEARD_MOUTH.stop
INPUT_WIDTH = WIDTH + 1 + TEXT_WIDTH
"""Noisy motion, whether it is context, and what the text knows."""
HEARING_WIDTH = SOUND_WIDTH
WISHING_WIDTH = WISH_WIDTH + 1
"""The wishes, and 1 where they are known."""
EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Condition:
    """What one branch of the sampler knows; a window each."""

    ears: Floats | None
    """(frames, MODEL_WIDTH) from hear(); None: no sound is known."""
    text: Floats
    """(frames, TEXT_WIDTH); zeros where none is known."""
    wishes: Floats
    """(WISHING_WIDTH,); zeros where none are known."""


class Network:
    """The trained weights at work. Any number of threads may use it."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights

    def hear(self, sound: Floats) -> Floats:
        """(frames, MODEL_WIDTH) of (frames, SOUND_WIDTH): once for each window."""
        x = self._linear("ears_in", sound)[None]
        for number in range(EAR_BLOCKS):
            x = self._block(f"ears.{number}", x)
        return np.asarray(self._norm("ears_norm", x)[0])

    def move(self, noisy: Floats, is_context: Floats, moment: float, conditions: list[Condition]) -> Floats:
        """(branches, frames, WIDTH) clean motion of (frames, WIDTH) at noise level moment 0..1, one for each branch."""
        shared = np.concatenate([noisy, is_context[:, None]], axis=1)
        rows = []
        for condition in conditions:
            x = self._linear("mover_in", np.concatenate([shared, condition.text], axis=1))
            ears = self.weights["unheard"] if condition.ears is None else condition.ears
            x = x + self._linear("mover_ears", ears)
            rows.append(x + self._linear("wishes_in", condition.wishes) + self._time(moment))
        x = np.stack(rows)
        for number in range(MOVER_BLOCKS):
            x = self._block(f"mover.{number}", x)
        return self._linear("mover_out", self._norm("mover_norm", x))

    def _time(self, moment: float) -> Floats:
        waves = 1000.0 * moment * np.exp(-np.log(10000.0) * np.arange(TIME_WIDTH // 2) / (TIME_WIDTH // 2))
        features = np.concatenate([np.sin(waves), np.cos(waves)]).astype(np.float32)
        return self._linear("time_out", swish(self._linear("time_in", features)))

    def _block(self, name: str, x: Floats) -> Floats:
        x = x + self._convolved(f"{name}.near", self._norm(f"{name}.near_norm", x))
        x = x + self._attended(f"{name}", self._norm(f"{name}.far_norm", x))
        inner = swish(self._linear(f"{name}.up", self._norm(f"{name}.wide_norm", x)))
        return x + self._linear(f"{name}.down", inner)

    def _convolved(self, name: str, x: Floats) -> Floats:
        kernel = self.weights[f"{name}.weight"][:, 0, :]
        reach = KERNEL // 2
        padded = np.pad(x, ((0, 0), (reach, reach), (0, 0)))
        result = np.zeros_like(x)
        for k in range(KERNEL):
            result += padded[:, k : k + x.shape[1]] * kernel[:, k]
        return result + self.weights[f"{name}.bias"]

    def _attended(self, name: str, x: Floats) -> Floats:
        batch, frames, width = x.shape
        mixed = self._linear(f"{name}.ask", x).reshape(batch, frames, 3, HEADS, width // HEADS)
        query, key, value = (mixed[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // HEADS)) + distance_bias(frames)
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mean = (scores / scores.sum(axis=-1, keepdims=True)) @ value
        return self._linear(f"{name}.answer", mean.transpose(0, 2, 1, 3).reshape(batch, frames, width))

    def _norm(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.mean(centred * centred, axis=-1, keepdims=True) + EPSILON)
        return np.asarray(centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"])

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"])


def swish(x: Floats) -> Floats:
    """x times its sigmoid (Ramachandran et al. 2017)."""
    return np.asarray(x / (1.0 + np.exp(-x)))


def distance_bias(frames: int) -> Floats:
    """(HEADS, frames, frames) what each head takes off per frame of distance (Press et al. 2022, both ways)."""
    slopes = np.array([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.0], np.float32)
    places = np.arange(frames, dtype=np.float32)
    return np.asarray(-slopes[:, None, None] * np.abs(places[:, None] - places))


def noise_share(moment: float) -> tuple[float, float]:
    """(how much of the motion, how much of the noise) at a noise level 0..1: the cosine schedule (Nichol 2021)."""
    return float(np.cos(0.5 * np.pi * moment)), float(np.sin(0.5 * np.pi * moment))
