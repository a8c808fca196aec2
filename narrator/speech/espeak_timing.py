"""espeak's raw events and sound in, contiguous timed phones out, each with the character it came from.

espeak marks a stop at its burst and a fricative at its noise; the silence before it, which is the closure the lips and
tongue make, lies in front of the mark. Here each sound begins where its closure begins: to the sample, since espeak
writes that closure as zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from narrator.flow import Phone, Samples
from narrator.speech.espeak_process import RawEvent, RawSpeech
from narrator.speech.ipa import is_vowel, tidy
from narrator.speech.vowel_onset import SONORANTS, vowel_onset

_SHORT_SILENCE_S = 0.06
"""A silence shorter than this inside speech is part of the sound that follows (glottal onset, tone boundary)."""
_LONGEST_CLOSURE_S = 0.13
"""Zeros before a sound beyond this are a pause: espeak's own closures are 49-61 ms at 130 wpm, 100 ms at 80 wpm."""
_HIDDEN_SHARE, _HIDDEN_LONGEST_S = 0.4, 0.09
"""Of a vowel that hides a consonant: the consonant's share (judgement; a coda l lasts 60-90 ms)."""
_CONSONANT_WEIGHT, _VOWEL_WEIGHT, _LONG_VOWEL_WEIGHT = 0.8, 1.0, 1.5
"""Shares of one event that stands for several phones (judgement)."""


@dataclass(frozen=True, slots=True)
class PlacedPhone:
    """A phone and where it comes from."""

    phone: Phone
    position: int
    """0-based character its word starts at, according to espeak."""
    word: int = 0
    """Counts espeak's words from 0: two words may claim the same position."""


@dataclass(slots=True)
class _Span:
    ipa: str
    start: int
    end: int
    stress: int
    position: int
    word: int


def place_phones(raw: RawSpeech, samples: Samples) -> list[PlacedPhone]:
    """The phones of one synthesis: in order, without gap or overlap, covering all samples."""
    if len(samples) == 0:
        return []
    spans = _spans(raw, len(samples))
    _claim_closures(spans, samples, raw.rate_hz)
    _give_time(spans, raw.rate_hz)
    _bring_vowels_forward(spans, samples, raw.rate_hz)
    spans = _absorb_short_silences(spans, raw.rate_hz)
    spans = _split_compounds(spans)
    return [
        PlacedPhone(
            Phone(s.ipa, s.start / raw.rate_hz, (s.end - s.start) / raw.rate_hz, s.stress),
            s.position,
            s.word,
        )
        for s in spans
    ]


def join(parts: Sequence[RawSpeech], origins: Sequence[Sequence[int]]) -> RawSpeech:
    """One synthesis out of several, its positions counted in the sentence: origins[i] maps characters of part i."""
    events: list[RawEvent] = []
    offset = 0
    for part, origin in zip(parts, origins, strict=True):
        for event in part.events:
            place = min(max(event.position - 1, 0), len(origin) - 1)
            events.append(replace(event, position=origin[place] + 1, sample=event.sample + offset))
        offset += len(part.pcm) // 2  # bytes of a sample
    return RawSpeech(b"".join(part.pcm for part in parts), parts[0].rate_hz, tuple(events))


def scale(placed: list[PlacedPhone], factor: float) -> list[PlacedPhone]:
    """The same phones in a sound that is factor times as long."""
    if factor == 1.0:
        return placed
    return [
        replace(
            item,
            phone=replace(item.phone, start_s=item.phone.start_s * factor, duration_s=item.phone.duration_s * factor),
        )
        for item in placed
    ]


def _spans(raw: RawSpeech, length: int) -> list[_Span]:
    spans: list[_Span] = []
    word = -1
    for event in raw.events:
        if event.ipa is None:
            word += 1
            continue
        phones, stress = tidy(event.ipa)
        if not phones:
            continue
        start = min(max(event.sample, spans[-1].start if spans else 0), length)
        spans.append(_Span("\n".join(phones), start, length, stress, event.position - 1, word))
    if not spans or spans[0].start > 0:
        head = _Span("", 0, length, 0, 0, 0)
        if spans and spans[0].ipa:
            spans[0].start = 0
        else:
            spans.insert(0, head)
    for span, following in zip(spans, spans[1:], strict=False):
        span.end = following.start
    return spans


def _claim_closures(spans: list[_Span], samples: Samples, rate_hz: int) -> None:
    longest = int(_LONGEST_CLOSURE_S * rate_hz)
    for before, span in zip(spans, spans[1:], strict=False):
        if not span.ipa or is_vowel(span.ipa):
            continue
        window = samples[max(before.start, span.start - longest) : span.start]
        sounding = np.flatnonzero(window)
        zeros = len(window) - 1 - int(sounding[-1]) if len(sounding) else len(window)
        before.end = span.start = span.start - zeros


def _bring_vowels_forward(spans: list[_Span], samples: Samples, rate_hz: int) -> None:
    for before, span in zip(spans, spans[1:], strict=False):
        if before.ipa and before.ipa[0] in SONORANTS and is_vowel(span.ipa):
            before.end = span.start = vowel_onset(samples, rate_hz, before.start, span.start, span.end)


def _give_time(spans: list[_Span], rate_hz: int) -> None:
    """espeak sounds a dark l within its vowel and marks it without a length; here it gets the vowel's last part."""
    for before, span in zip(spans, spans[1:], strict=False):
        if span.ipa and span.end <= span.start and before.ipa:
            length = int(min(_HIDDEN_SHARE * (before.end - before.start), _HIDDEN_LONGEST_S * rate_hz))
            before.end = span.start = span.start - length


def _absorb_short_silences(spans: list[_Span], rate_hz: int) -> list[_Span]:
    kept: list[_Span] = []
    for span in spans:
        if span.end <= span.start:
            continue
        if kept and not kept[-1].ipa and not span.ipa:
            kept[-1].end = span.end
        elif kept and not kept[-1].ipa and (kept[-1].end - kept[-1].start) < _SHORT_SILENCE_S * rate_hz:
            kept[-1] = replace(span, start=kept[-1].start)
        else:
            kept.append(span)
    return kept


def _split_compounds(spans: list[_Span]) -> list[_Span]:
    split: list[_Span] = []
    for span in spans:
        parts = span.ipa.split("\n")
        weights = np.cumsum([_weight(part) for part in parts])
        edges = [span.start, *(span.start + np.round(weights / weights[-1] * (span.end - span.start)).astype(int))]
        nucleus = next((i for i, part in enumerate(parts) if is_vowel(part)), 0)
        for i, part in enumerate(parts):
            if edges[i + 1] > edges[i]:
                stress = span.stress if i == nucleus else 0
                split.append(_Span(part, int(edges[i]), int(edges[i + 1]), stress, span.position, span.word))
    return split


def _weight(ipa: str) -> float:
    if not is_vowel(ipa):
        return _CONSONANT_WEIGHT
    return _LONG_VOWEL_WEIGHT if "ː" in ipa else _VOWEL_WEIGHT
