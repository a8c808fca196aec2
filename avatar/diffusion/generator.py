"""A stretch of sound and what is known of it in, its motion out, window after window without a seam."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.diffusion.layout import (
    CONTEXT,
    HEARD_MOUTH,
    LOOK_AHEAD,
    MOTION,
    MOUTH,
    TEXT_WIDTH,
    WIDTH,
    WINDOW,
    WISH_WIDTH,
)
from avatar.diffusion.network import WISHING_WIDTH, Condition, Network
from avatar.diffusion.projection import sealed_by_ear
from avatar.diffusion.sampler import Guidance, sample
from avatar.diffusion.sound import (
    HOPS,
    Floats,
    bands_db,
    hear,
    heard,
    level_db,
    loudness_db,
    middle_pitch_hz,
    pitch,
)
from avatar.diffusion.weights import read_weights
from narrator.errors import FaceError

Flags = npt.NDArray[np.bool_]

WEIGHTS = Path(__file__).with_name("motion.safetensors")
SILENT_DB = -38.0
"""Below the voice's level: nothing is said there, whatever the network hears."""
HUSH_DB = -70.0
"""Below this, of full scale, nothing is said at all."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a stretch besides its sound, at FRAME_HZ."""

    mouth: Floats | None = None
    """(frames, mouth channels) the articulation's, where the text is known."""
    stress: Floats | None = None
    """(frames,) 0..1, likewise."""
    wishes: Floats = field(default_factory=lambda: np.zeros(WISH_WIDTH, np.float32))
    guidance: Guidance = field(default_factory=Guidance)
    before: Floats | None = None
    """(up to CONTEXT, WIDTH) motion that went before, in the channels' units."""


class Generator:
    """The weights with the scale of their channels."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._mean, self._spread = weights["scale.mean"], weights["scale.spread"]
        self.network = Network(weights)

    def motion(self, signal: Floats, frames: int, first_s: float, known: Known, seed: int) -> tuple[Floats, Flags]:
        """(frames, WIDTH) of 16 kHz samples, and (frames,) whether nothing sounds there.

        Frame 0 lies first_s after the first sample. Same seed, same motion.
        """
        bands = bands_db(signal, frames, first_s)
        hertz, voicing = pitch(signal, frames, first_s)
        level = max(level_db(bands), HUSH_DB)
        sound = heard(bands, hertz, voicing, level, middle_pitch_hz(hertz))
        loud = loudness_db(bands).reshape(frames, HOPS).max(axis=1)
        is_silent = (loud < level + SILENT_DB) | (loud < HUSH_DB)
        return np.concatenate(list(self._windows(sound, is_silent, known, seed))), is_silent

    def _windows(self, sound: Floats, is_silent: Flags, known: Known, seed: int) -> Iterator[Floats]:
        frames = len(sound)
        before = np.zeros((0, WIDTH), np.float32) if known.before is None else known.before[-CONTEXT:]
        done = 0
        while done < frames:
            lead = min(len(before), CONTEXT)
            last = min(done + WINDOW - lead, frames)
            made = self._window(sound, is_silent, known, before, done, last, np.random.default_rng((seed, done)))
            keep = last if last == frames else last - LOOK_AHEAD
            new = made[lead : lead + keep - done]
            yield new
            before = np.concatenate([before, new])[-CONTEXT:]
            done = keep

    def _window(
        self,
        sound: Floats,
        is_silent: Flags,
        known: Known,
        before: Floats,
        first: int,
        last: int,
        chance: np.random.Generator,
    ) -> Floats:
        """Frames first..last after their context, which lies before them."""
        lead = len(before)
        span = np.arange(first - lead, last)
        inside = np.clip(span, 0, None)
        heard_there = sound[inside].copy()
        heard_there[span < 0] = _NOTHING_HEARD
        text = np.zeros((len(span), TEXT_WIDTH), np.float32)
        certain = None
        if known.mouth is not None:
            certain = known.mouth[inside]
            text[:, MOUTH] = (certain - self._mean[MOUTH]) / self._spread[MOUTH]
            text[:, -2] = 0.0 if known.stress is None else known.stress[inside]
            text[:, -1] = 1.0
        ears = self.network.hear(heard_there)
        by_ear = self.network.mouth(ears) * self._spread[HEARD_MOUTH] + self._mean[HEARD_MOUTH]
        by_ear[1:-1, MOUTH] = 0.25 * by_ear[:-2, MOUTH] + 0.5 * by_ear[1:-1, MOUTH] + 0.25 * by_ear[2:, MOUTH]
        if certain is None:
            certain = sealed_by_ear(by_ear, is_silent[inside] | (span < 0))
        kept = (certain - self._mean[: certain.shape[1]]) / self._spread[: certain.shape[1]]

        def project(normal: Floats) -> Floats:
            normal[:, : kept.shape[1]] = kept
            return normal

        wishes = np.ones(WISHING_WIDTH, np.float32)
        wishes[:-1] = known.wishes
        context = ((before - self._mean) / self._spread).astype(np.float32)
        condition = Condition(ears, text, wishes)
        normal = sample(self.network, condition, context, project, chance, known.guidance)
        motion = np.asarray(normal * self._spread + self._mean, np.float32)
        motion[:, HEARD_MOUTH] = by_ear  # sealed for good when all of it is known, at the picture's own rate
        return motion


_NOTHING_HEARD = hear(np.zeros(800, np.float32), 1)[0]


@lru_cache(maxsize=2)
def generator(file: Path = WEIGHTS) -> Generator:
    """The shipped generator, or another file's. Raises FaceError for weights of another layout."""
    weights, notes = read_weights(file)
    if notes.get("layout") != " ".join(MOTION):
        raise FaceError("weights of this version's layout", f"{file.name} has another", "Reinstall narrator.")
    return Generator(weights)
