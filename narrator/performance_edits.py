"""A performance in, the same one changed out: begun at a later word, or gone on with in another way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from narrator.flow import Caption, Phone, RgbImage, Samples, Utterance, Viewport, Waiting, Word
from narrator.stages import Performance

DISSOLVE_S = 0.12
"""One picture turns into another over this, half before and half after the moment; four frames of 30 a second."""
SOUND_FADE_S = 0.015
"""One sound turns into another over this, before the moment: too short to hear as an echo, too long to click."""
ROUNDING_S = 1e-6
"""Moments closer than this are one."""


class PartialPerformance:
    """The rest of a performance from one moment on; its own time runs from 0 there."""

    def __init__(self, whole: Performance, from_s: float) -> None:
        self._whole = whole
        self._from_s = from_s
        spoken = whole.utterance
        self.utterance = replace(
            spoken,
            samples=spoken.samples[round(from_s * spoken.rate_hz) :],
            phones=tuple(_phones_from(spoken.phones, from_s, -from_s)),
            words=tuple(
                replace(word, start_s=max(0.0, word.start_s - from_s)) for word in spoken.words if word.end_s > from_s
            ),
        )
        self.captions = tuple(_captions_from(whole.captions, from_s, -from_s))
        self.start_s = whole.start_s
        self.end_s = whole.end_s - from_s

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """The whole performance's frame of that moment."""
        return self._whole.draw(time_s + self._from_s, viewport, waiting)


def from_word(performance: Performance, word_index: int) -> Performance:
    """The performance begun at that word; itself for the first word, the last word for an index beyond it."""
    words = performance.utterance.words
    if word_index <= 0 or not words:
        return performance
    return PartialPerformance(performance, words[min(word_index, len(words) - 1)].start_s)


class SplicedPerformance:
    """One performance up to a moment and another of the same sentence from there on, without a jump or a click."""

    def __init__(self, before: Performance, after: Performance, at_s: float, after_at_s: float) -> None:
        """at_s in before is the moment that after_at_s is in after: the same word begins, or the same sound goes on."""
        self._before, self._after = before, after
        self._at_s, self._shift_s = at_s, at_s - after_at_s
        self.utterance, self.captions = before.utterance, before.captions
        if after.utterance is not before.utterance:
            self.utterance = _joined(before.utterance, after.utterance, at_s, after_at_s)
            self.captions = _joined_captions(before.captions, after.captions, at_s, self._shift_s)
        self.start_s = before.start_s
        self.end_s = after.end_s + self._shift_s

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """The frame of the one, of the other, or of one turning into the other."""
        share = (time_s - self._at_s) / DISSOLVE_S + 0.5
        if share <= 0.0:
            return self._before.draw(time_s, viewport, waiting)
        if share >= 1.0:
            return self._after.draw(time_s - self._shift_s, viewport, waiting)
        import cv2

        picture = self._before.draw(time_s, viewport, waiting).copy()  # the next drawing may use its memory
        other = self._after.draw(time_s - self._shift_s, viewport, waiting)
        smooth = share * share * (3 - 2 * share)
        cv2.addWeighted(other, smooth, picture, 1 - smooth, 0, dst=picture)
        return picture


class LivePerformance:
    """A performance that may be changed while it plays: outputs look at it again after each position they tell."""

    def __init__(self, performance: Performance) -> None:
        self._now = performance

    @property
    def utterance(self) -> Utterance:
        """What is said, as far as is known now."""
        return self._now.utterance

    @property
    def captions(self) -> tuple[Caption, ...]:
        """What is written meanwhile."""
        return self._now.captions

    @property
    def start_s(self) -> float:
        """-preroll; it never changes."""
        return self._now.start_s

    @property
    def end_s(self) -> float:
        """Sound plus pause."""
        return self._now.end_s

    def splice(self, after: Performance, at_s: float, after_at_s: float) -> None:
        """Goes on as another performance of the same sentence does, from at_s here and from after_at_s there."""
        self._now = SplicedPerformance(self._now, after, at_s, after_at_s)

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """The frame of what is performed at that moment."""
        return self._now.draw(time_s, viewport, waiting)


def common_word(before: Utterance, after: Utterance, from_s: float) -> tuple[float, float] | None:
    """When the first word from from_s on begins in both; None where no word is left, or their sample rates differ."""
    if before.rate_hz != after.rate_hz:
        return None
    starts_s = {word.start_char: word.start_s for word in after.words}
    common = (word for word in before.words if word.start_s >= from_s and word.start_char in starts_s)
    return next(((word.start_s, starts_s[word.start_char]) for word in common), None)


def _joined(before: Utterance, after: Utterance, at_s: float, after_at_s: float) -> Utterance:
    shift_s = at_s - after_at_s
    early = (replace(one, duration_s=min(one.duration_s, at_s - one.start_s)) for one in before.phones)
    return replace(
        before,
        samples=_joined_samples(before, after, at_s, after_at_s),
        phones=(*(one for one in early if one.duration_s > 0), *_phones_from(after.phones, after_at_s, shift_s)),
        words=tuple(_joined_words(before.words, after.words, at_s, shift_s)),
    )


def _joined_samples(before: Utterance, after: Utterance, at_s: float, after_at_s: float) -> Samples:
    """Up to the moment the one, from it on the other, with a fade between the two just before it."""
    end, begin = round(at_s * before.rate_hz), round(after_at_s * after.rate_hz)
    fade = min(round(SOUND_FADE_S * before.rate_hz), end, begin)
    rising = np.linspace(0.0, 1.0, fade)
    mixed = before.samples[end - fade : end] * (1 - rising) + after.samples[begin - fade : begin] * rising
    return np.concatenate([before.samples[: end - fade], mixed.astype(np.int16), after.samples[begin:]])


def _joined_words(before: Iterable[Word], after: Iterable[Word], at_s: float, shift_s: float) -> Iterator[Word]:
    for word in before:
        if word.start_s < at_s - ROUNDING_S:
            yield replace(word, duration_s=min(word.duration_s, at_s - word.start_s))
    for word in after:
        if word.start_s + shift_s >= at_s - ROUNDING_S:
            yield replace(word, start_s=word.start_s + shift_s)


def _joined_captions(
    before: tuple[Caption, ...], after: tuple[Caption, ...], at_s: float, shift_s: float
) -> tuple[Caption, ...]:
    """The page on the screen stays where both have the same one; its words are those of each in their time."""
    early = [caption for caption in before if caption.start_s < at_s]
    late = list(_captions_from(after, at_s - shift_s, shift_s, earliest_s=at_s))
    if early and late and early[-1].lines == late[0].lines:
        page = early.pop()
        words = tuple(_joined_words(page.words, late[0].words, at_s, 0.0))
        late[0] = replace(late[0], start_s=page.start_s, words=words)
    elif early:
        early[-1] = replace(early[-1], end_s=min(early[-1].end_s, at_s))
    return (*early, *late)


def _phones_from(phones: Iterable[Phone], from_s: float, shift_s: float) -> Iterator[Phone]:
    """Those that end after from_s, cut to begin there at the earliest, and shifted."""
    for phone in phones:
        start_s = max(phone.start_s, from_s)
        if phone.end_s > from_s:
            yield replace(phone, start_s=start_s + shift_s, duration_s=phone.end_s - start_s)


def _captions_from(
    captions: Iterable[Caption], from_s: float, shift_s: float, earliest_s: float = 0.0
) -> Iterator[Caption]:
    for caption in captions:
        if caption.end_s > from_s:
            yield replace(
                caption,
                start_s=max(earliest_s, caption.start_s + shift_s),
                end_s=caption.end_s + shift_s,
                words=tuple(replace(word, start_s=word.start_s + shift_s) for word in caption.words),
            )
