"""Timed phones in, a gestural score out: shapes with their moments, contacts and silences.

Exaggeration is applied here, so everything after works on the shapes that are really wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.articulation.lookup import parts_for
from avatar.articulation.target import (
    HEIGHT,
    HIGHEST,
    JAW,
    LOWEST,
    PROTRUSION,
    WIDTH,
    Contact,
    Floats,
    Target,
)
from narrator.flow import Phone

SILENCE_MIN_S = 0.200
"""Shorter pauses hold the shape before them (lipreading.md 7)."""
GAIN_RANGE = (0.8, 1.6)
"""Range of exaggeration (lipreading.md 2.6)."""
JAW_SHARE = 0.4
"""Of the lips' extra opening, what the jaw gives: less, and the lower lip would bare the gums (judgement)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One target placed in time."""

    target: Target
    start_s: float
    end_s: float

    @property
    def centre_s(self) -> float:
        """The moment at which the phone should be at its most typical."""
        return 0.5 * (self.start_s + self.end_s)

    @property
    def duration_s(self) -> float:
        """Seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Score:
    """The utterance as gestures."""

    segments: tuple[Segment, ...]
    silences: tuple[tuple[float, float], ...]
    """(start, end) of pauses of at least SILENCE_MIN_S; the first begins at -inf, the last ends at +inf."""
    centres: Floats
    """(steps,) seconds."""
    holds: Floats
    """(steps,) half-length of each plateau, seconds."""
    durations: Floats
    """(steps,) of the phone each step belongs to, seconds."""
    shapes: Floats
    """(steps, 12) wanted shapes, exaggerated and capped."""
    weights: Floats
    """(steps, 5) dominance."""
    owned: npt.NDArray[np.bool_]
    """(steps, 5) channel groups in which the step must come close to its shape."""
    tempers: npt.NDArray[np.bool_]
    """(steps,) whether the step only tempers its neighbours' rounding."""


def score_for(phones: Sequence[Phone], exaggeration: float) -> Score:
    """The score of an utterance; phones are in order, silences have an empty ipa."""
    segments, silences = _segments(phones)
    rows = [(segment, step) for segment in segments for step in segment.target.steps]
    gain = min(max(exaggeration, GAIN_RANGE[0]), GAIN_RANGE[1])
    shapes = [exaggerated(step.shape, segment.target, gain) for segment, step in rows]
    weights = [segment.target.weights.copy() for segment, _ in rows]
    return Score(
        segments=tuple(segments),
        silences=tuple(silences),
        centres=np.array([segment.start_s + step.at * segment.duration_s for segment, step in rows]),
        holds=np.array([step.hold * segment.duration_s for segment, step in rows]),
        durations=np.array([segment.duration_s for segment, _ in rows]),
        shapes=np.array(shapes).reshape(len(rows), -1),
        owned=np.array([segment.target.owns for segment, _ in rows]).reshape(len(rows), -1),
        weights=np.array(weights).reshape(len(rows), -1),
        tempers=np.array([segment.target.tempers for segment, _ in rows], bool),
    )


def exaggerated(shape: Floats, target: Target, gain: float) -> Floats:
    """(12,) the shape at that gain: vowels open, spread and protrude more, W R SH protrude more, contacts stay."""
    grown = shape.copy()
    if target.vowel:
        grown[HEIGHT] *= gain
        grown[JAW] += JAW_SHARE * (grown[HEIGHT] - shape[HEIGHT])
        grown[WIDTH] = 1.0 + gain * (shape[WIDTH] - 1.0)
    if target.vowel or target.rounded:
        grown[PROTRUSION] *= gain
    return np.clip(grown, LOWEST, HIGHEST)


def _segments(phones: Sequence[Phone]) -> tuple[list[Segment], list[tuple[float, float]]]:
    spoken = [phone for phone in phones if phone.ipa and phone.duration_s > 0.0]
    segments = []
    silences = [(-np.inf, spoken[0].start_s if spoken else np.inf)]
    for phone, following in zip(spoken, [*spoken[1:], None], strict=False):  # nothing spoken, nothing paired
        segments += _parts(phone)
        pause_end = following.start_s if following else np.inf
        if pause_end - phone.end_s >= SILENCE_MIN_S:
            silences.append((phone.end_s, pause_end))
    return segments, silences


def _parts(phone: Phone) -> list[Segment]:
    found = []
    start = phone.start_s
    for share, target in parts_for(phone.ipa):
        end = start + share * phone.duration_s
        found.append(Segment(target, start, end))
        start = end
    return found


def has_contact(segment: Segment) -> bool:
    """True when something must touch."""
    return segment.target.contact is not Contact.NONE
