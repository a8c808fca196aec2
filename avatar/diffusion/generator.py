"""A stretch of sound and what is known of it in, its motion out, window after window without a seam."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from avatar.diffusion.accents import accent_curve
from avatar.diffusion.layout import (
    CONTEXT,
    HEARD_MOUTH,
    LOOK_AHEAD,
    MOTION,
    MOUTH,
    PLACE,
    TEXT_WIDTH,
    VERSION,
    WIDTH,
    WINDOW,
    WISH_WIDTH,
)
from avatar.diffusion.network import WISHING_WIDTH, Condition, Network
from avatar.diffusion.sampler import Guidance, sample
from avatar.diffusion.sound import (
    FRAME_HZ,
    RATE_HZ,
    Floats,
    bands_db,
    heard,
    level_db,
    middle_pitch_hz,
    pitch,
    silence,
)
from avatar.diffusion.weights import read_weights
from narrator.errors import FaceError

WEIGHTS = Path(__file__).with_name("motion.safetensors")
HUSH_DB = -70.0
"""Below this, of full scale, nothing is said at all."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a stretch besides its sound, at FRAME_HZ."""

    mouth: Floats
    """(frames, HEARD_MOUTH channels) sealed: the articulation's where the text is known, else what was heard."""
    has_text: bool = False
    accents: tuple[tuple[float, float], ...] | None = None
    """(moment in s after the first frame, prominence 0..1) of each, where the text is known."""
    wishes: Floats = field(default_factory=lambda: np.zeros(WISH_WIDTH, np.float32))
    guidance: Guidance = field(default_factory=Guidance)
    before: Floats | None = None
    """(up to CONTEXT, WIDTH) motion that went before, in the channels' units."""
    begin: int = 0
    """The first frame that is to be made; those of before end there."""
    lids: Floats | None = None
    """(frames,) how far they are shut, where that is known."""


class Generator:
    """The weights with the scale of their channels."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._mean, self._spread = weights["scale.mean"], weights["scale.spread"]
        self.network = Network(weights)

    def motion(self, sound: Floats, known: Known, seed: int) -> Floats:
        """(frames - known.begin, WIDTH), whole; as windows() makes them."""
        return np.concatenate(list(self.windows(sound, known, seed)))

    def go_on(self, signal: Floats, known: Known, seed: int) -> Floats:
        """(frames, WIDTH) that follow known.before, without hearing further: known.mouth and signal end with them.

        known.mouth has the frames of known.before first; the signal may reach further back, which tells the voice.
        """
        before = np.zeros((0, WIDTH), np.float32) if known.before is None else known.before[-CONTEXT:]
        frames = len(known.mouth)
        heard_frames = max(int(len(signal) / RATE_HZ * FRAME_HZ), frames)
        bands = bands_db(signal, heard_frames)
        hertz, voicing = pitch(signal, heard_frames)
        sound = heard(bands, hertz, voicing, max(level_db(bands), HUSH_DB), middle_pitch_hz(hertz))[-frames:]
        made = self._window(sound, known, None, before, len(before), frames, np.random.default_rng(seed))
        return made[len(before) :]

    def windows(self, sound: Floats, known: Known, seed: int) -> Iterator[Floats]:
        """(some frames, WIDTH) after another from known.begin on; sound: of every frame. Same seed, same motion."""
        frames = len(sound)
        accent = None if known.accents is None else accent_curve(known.accents, frames)
        before = np.zeros((0, WIDTH), np.float32) if known.before is None else known.before[-CONTEXT:]
        done = known.begin
        while done < frames:
            lead = min(len(before), CONTEXT)
            last = min(done + WINDOW - lead, frames)
            made = self._window(sound, known, accent, before, done, last, np.random.default_rng((seed, done)))
            keep = last if last == frames else last - LOOK_AHEAD
            new = made[lead : lead + keep - done]
            yield new
            before = np.concatenate([before, new])[-CONTEXT:]
            done = keep

    def _window(
        self,
        sound: Floats,
        known: Known,
        accent: Floats | None,
        before: Floats,
        first: int,
        last: int,
        chance: np.random.Generator,
    ) -> Floats:
        """Frames first..last after their context, which lies before them."""
        lead = len(before)
        span = np.arange(first - lead, last)
        inside = np.clip(span, 0, None)
        heard_there = np.where((span < 0)[:, None], silence(len(span)), sound[inside])
        certain = known.mouth[inside]
        kept = self._normal(certain, HEARD_MOUTH)
        lids = None if known.lids is None else self._normal(known.lids[inside], PLACE["blink"])
        text = np.zeros((len(span), TEXT_WIDTH), np.float32)
        if known.has_text:
            text[:, MOUTH] = kept[:, MOUTH]
            text[:, -2] = 0.0 if accent is None else accent[inside]
            text[:, -1] = 1.0

        def project(normal: Floats) -> Floats:
            normal[:, HEARD_MOUTH] = kept
            if lids is not None:
                normal[:, PLACE["blink"]] = lids
            return normal

        wishes = np.ones(WISHING_WIDTH, np.float32)
        wishes[:-1] = known.wishes
        context = self._normal(before, slice(None))
        condition = Condition(self.network.hear(heard_there), text, wishes)
        normal = sample(self.network, condition, context, project, chance, known.guidance)
        return np.asarray(normal * self._spread + self._mean, np.float32)

    def _normal(self, values: Floats, channels: slice | int) -> Floats:
        """Values of those channels as the network has them."""
        return np.asarray((values - self._mean[channels]) / self._spread[channels], np.float32)


def sound_of(signal: Floats, frames: int, first_s: float) -> Floats:
    """(frames, SOUND_WIDTH) of 16 kHz samples as the network hears them; frame 0 lies first_s after the first one."""
    bands = bands_db(signal, frames, first_s)
    hertz, voicing = pitch(signal, frames, first_s)
    return heard(bands, hertz, voicing, max(level_db(bands), HUSH_DB), middle_pitch_hz(hertz))


@lru_cache(maxsize=2)
def generator(file: Path = WEIGHTS) -> Generator:
    """The shipped generator, or another file's. Raises FaceError for weights of another layout."""
    weights, notes = read_weights(file)
    if notes.get("layout") != " ".join(MOTION) or notes.get("version") != VERSION:
        raise FaceError("weights of this version's layout", f"{file.name} has another", "Reinstall narrator.")
    return Generator(weights)
