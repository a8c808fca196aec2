"""Sound in, the mouth that goes with it out, when nobody knows the text: heard, widened, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from avatar.articulation.articulate import DEFAULT_EXAGGERATION
from avatar.articulation.target import HEIGHT, JAW
from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.projection import projected, score_of, wide
from avatar.diffusion.sound import Floats
from avatar.listening.contacts import Flags, contacts_of, silences_of
from avatar.listening.features import NOTHING, QUIET_RANGE, features_of, look_times, voice_loudness
from avatar.listening.in_context import agreed, kinds_in_context
from avatar.listening.network import Heard, Listener
from avatar.listening.sequence import Sequence
from avatar.listening.spectra import WINDOW

LOUD_RANGE, LOUD_LOOKS = 6.5, 4
"""Natural logarithm of power (28 dB) from the voice's level down to a mouth that hardly opens; looks of smoothing."""
SOFTEST, USUAL, LOUDEST = 0.3, 0.6, 1.5
"""A jaw opens with the voice's strength (Schulman 1989): a real mouth follows the product better than either."""


@dataclass(frozen=True, slots=True)
class HeardSpeech:
    """What was heard in a stretch of sound; times in seconds of its first sample."""

    times: Doubles
    """(looks,)"""
    mouth: Floats
    """(looks, mouth channels) before anything is sealed."""
    contacts: tuple[tuple[str, float, float], ...]
    silences: tuple[tuple[float, float], ...]

    def mouth_at(self, times: Doubles, fps: float, exaggeration: float = DEFAULT_EXAGGERATION) -> Floats:
        """(len(times), mouth channels) at evenly spaced moments, every contact made and every silence closed."""
        mouth = np.stack([np.interp(times, self.times, column) for column in self.mouth.T], axis=1)
        widened = wide(mouth.astype(np.float32), exaggeration / DEFAULT_EXAGGERATION)
        return projected(widened, score_of(self.contacts, self.silences), times, fps).astype(np.float32)

    def is_speaking_at(self, times: Doubles) -> Flags:
        """(len(times),) False in silences."""
        speaking = np.ones(len(times), bool)
        for start, end in self.silences:
            speaking &= (times < start) | (times > end)
        return speaking


def hear_speech(listener: Listener, signal: Floats) -> HeardSpeech:
    """Of 16 kHz samples in -1..1: a whole stretch, in which phones of English are looked for as well."""
    heard = listener.hear(features_of(signal))
    in_context = kinds_in_context(signal) if len(signal) >= WINDOW else None
    return heard_speech(listener.sequence, heard, voice_loudness(signal), in_context=in_context)


def heard_speech(
    sequence: Sequence,
    heard: Heard,
    loud: Doubles,
    *,
    in_context: Floats | None = None,
    goes_on_s: float = np.inf,
    first_s: float = 0.0,
) -> HeardSpeech:
    """Of the looks that were heard and how loud each was (voice_loudness); the first one's sound begins at first_s.

    in_context: (looks, kinds) what avatar.listening.in_context makes of the same looks, where they could all be heard.
    """
    loud = loud if len(loud) == len(heard.kinds) else np.full(len(heard.kinds), NOTHING)
    kinds = sequence.read(heard.kinds)
    read = Heard(kinds if in_context is None else agreed(kinds, in_context), heard.mouth)
    contacts = [(name, first_s + start, first_s + end) for name, start, end in contacts_of(read)]
    silences = [
        (first_s + start, first_s + end) for start, end in silences_of(heard, loud < -QUIET_RANGE, goes_on_s=goes_on_s)
    ]
    return HeardSpeech(
        first_s + look_times(len(heard.kinds)), opened_by(heard.mouth, loud), tuple(contacts), tuple(silences)
    )


def opened_by(mouth: Floats, loud: Doubles) -> Floats:
    """(looks, mouth channels) opened further where the voice is louder, and less where it is softer."""
    kernel = np.hanning(2 * LOUD_LOOKS + 1)
    share = np.clip(1 + loud / LOUD_RANGE, 0.0, LOUDEST)
    share = np.convolve(np.pad(share, LOUD_LOOKS, "edge"), kernel / kernel.sum(), "valid")
    opened = mouth.copy()
    for channel in (HEIGHT, JAW):
        opened[:, channel] *= (SOFTEST + share) / (SOFTEST + USUAL)
    return opened


@lru_cache(maxsize=1)
def nobody() -> HeardSpeech:
    """Silence without end."""
    return HeardSpeech(np.zeros(1), np.zeros((1, 12), np.float32), (), ((-np.inf, np.inf),))
