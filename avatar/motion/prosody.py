"""An utterance in, the moments at which head and brows underline what is said out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from narrator.flow import Utterance

PRIMARY = 2
"""Phone.stress of a word's main syllable."""
SPACING_S = 0.9
"""Emphases closer than this would make the head shake."""
QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")
"""ASCII, full width, Arabic, Greek."""
CLOSING = " \"')]\u201d\u2019\u00bb"
"""What may follow a question mark: quotation marks and brackets."""
FULL_SCALE = 32768.0


@dataclass(frozen=True, slots=True)
class Emphasis:
    """One syllable that stands out."""

    time_s: float
    strength: float
    """0..1 within its utterance."""


def emphases(utterance: Utterance) -> list[Emphasis]:
    """Stressed syllables by loudness and length, the strongest first taken, at least SPACING_S apart, in order."""
    stressed = [phone for phone in utterance.phones if phone.stress >= PRIMARY and phone.ipa]
    if not stressed:
        return []
    weight = np.array([_loudness(utterance, phone.start_s, phone.end_s) * phone.duration_s for phone in stressed])
    if weight.max() <= 0.0:
        weight = np.array([phone.duration_s for phone in stressed])
    weight = weight / weight.max()
    chosen: list[Emphasis] = []
    for place in np.argsort(-weight):
        phone = stressed[int(place)]
        middle = phone.start_s + phone.duration_s / 2
        if all(abs(middle - other.time_s) >= SPACING_S for other in chosen):
            chosen.append(Emphasis(middle, float(weight[place])))
    return sorted(chosen, key=lambda emphasis: emphasis.time_s)


def pauses(utterance: Utterance, least_s: float) -> list[tuple[float, float]]:
    """(start, end) of silences inside the utterance that last at least that long."""
    return [(p.start_s, p.end_s) for p in utterance.phones if not p.ipa and p.duration_s >= least_s]


def is_question(utterance: Utterance) -> bool:
    """True when the sentence asks."""
    return utterance.sentence.text.rstrip(CLOSING).endswith(QUESTION_MARKS)


def _loudness(utterance: Utterance, start_s: float, end_s: float) -> float:
    samples = utterance.samples[int(start_s * utterance.rate_hz) : int(end_s * utterance.rate_hz)]
    return float(np.sqrt(np.mean((samples / FULL_SCALE) ** 2))) if len(samples) else 0.0
