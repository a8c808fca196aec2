"""Sentences and how each is to be performed in, all that goes into a narration out: what its film says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from narrator.flow import Sentence
from narrator.places import MOTION_SUFFIX

RULES = "rules"
EARS = "ears"
"""A face that is moved by what trained ears hear in a recording whose words nobody knows."""
SAVED = "a saved motion"
RECORDING = "a recording"
ESPEAK = "espeak"


@dataclass(slots=True)
class MadeFrom:
    """Each thing once, in the order it came in. One thread notes."""

    presenters: list[str] = field(default_factory=list)
    voices: list[str] = field(default_factory=list)
    """As --voice takes them, or RECORDING."""
    motions: list[str] = field(default_factory=list)
    """As --motion takes them, but EARS, and SAVED instead of a file's name, which is nobody else's business."""

    def note(self, sentence: Sentence, presenter: str, voice: str, motion: str) -> None:
        """That the sentence is to be performed so: it may be one that was prepared and is never shown."""
        recording = sentence.recording
        _add(self.presenters, presenter)
        _add(self.voices, RECORDING if recording else voice or ESPEAK)
        if motion.endswith(MOTION_SUFFIX):
            _add(self.motions, SAVED)
        else:
            _add(self.motions, EARS if recording and not sentence.text else motion)


def _add(known: list[str], one: str) -> None:
    if one not in known:
        known.append(one)
