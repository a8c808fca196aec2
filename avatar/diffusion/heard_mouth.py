"""Sound in, the mouth that goes with it out, when nobody knows the text: heard, widened, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from avatar.articulation.articulate import DEFAULT_EXAGGERATION
from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.projection import projected, score_of, wide
from avatar.diffusion.sound import Floats
from avatar.listening.contacts import Flags, contacts_of, silences_of
from avatar.listening.features import features_of, look_times, quiet_looks
from avatar.listening.network import Heard, Listener
from avatar.listening.sequence import Sequence


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
    """Of 16 kHz samples in -1..1."""
    return heard_speech(listener.sequence, listener.hear(features_of(signal)), quiet_looks(signal))


def heard_speech(
    sequence: Sequence, heard: Heard, is_quiet: Flags, *, goes_on_s: float = np.inf, first_s: float = 0.0
) -> HeardSpeech:
    """Of the looks that were heard; the first one's sound begins at first_s."""
    is_quiet = is_quiet if len(is_quiet) == len(heard.kinds) else np.ones(len(heard.kinds), bool)
    read = Heard(sequence.read(heard.kinds), heard.mouth)
    contacts = [(name, first_s + start, first_s + end) for name, start, end in contacts_of(read)]
    silences = [(first_s + start, first_s + end) for start, end in silences_of(heard, is_quiet, goes_on_s=goes_on_s)]
    return HeardSpeech(first_s + look_times(len(heard.kinds)), heard.mouth, tuple(contacts), tuple(silences))


@lru_cache(maxsize=1)
def nobody() -> HeardSpeech:
    """Silence without end."""
    return HeardSpeech(np.zeros(1), np.zeros((1, 12), np.float32), (), ((-np.inf, np.inf),))
