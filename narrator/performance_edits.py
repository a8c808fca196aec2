"""A performance in, the same one changed out: begun at a later word, or with another face."""

from __future__ import annotations

from dataclasses import replace

from narrator.flow import RgbImage, Utterance
from narrator.stages import Performance


class PartialPerformance:
    """The rest of a performance from one moment on; its own time runs from 0 there."""

    def __init__(self, whole: Performance, from_s: float) -> None:
        self._whole = whole
        self._from_s = from_s
        self.utterance = _utterance_from(whole.utterance, from_s)
        self.captions = tuple(
            replace(
                caption,
                start_s=max(0.0, caption.start_s - from_s),
                end_s=caption.end_s - from_s,
                words=tuple(replace(word, start_s=word.start_s - from_s) for word in caption.words),
            )
            for caption in whole.captions
            if caption.end_s > from_s
        )
        self.start_s = whole.start_s
        self.end_s = whole.end_s - from_s

    def draw(self, time_s: float) -> RgbImage:
        """The whole performance's frame of that moment."""
        return self._whole.draw(time_s + self._from_s)


def from_word(performance: Performance, word_index: int) -> Performance:
    """The performance begun at that word; itself for the first word, the last word for an index beyond it."""
    words = performance.utterance.words
    if word_index <= 0 or not words:
        return performance
    return PartialPerformance(performance, words[min(word_index, len(words) - 1)].start_s)


def _utterance_from(utterance: Utterance, from_s: float) -> Utterance:
    phones = (phone for phone in utterance.phones if phone.end_s > from_s)
    words = (word for word in utterance.words if word.end_s > from_s)
    return replace(
        utterance,
        samples=utterance.samples[round(from_s * utterance.rate_hz) :],
        phones=tuple(
            replace(
                phone, start_s=max(0.0, phone.start_s - from_s), duration_s=phone.end_s - max(phone.start_s, from_s)
            )
            for phone in phones
        ),
        words=tuple(replace(word, start_s=max(0.0, word.start_s - from_s)) for word in words),
    )


class SwitchablePerformance:
    """A performance whose picture can be exchanged between two frames; its sound, times and captions stay."""

    def __init__(self, performance: Performance) -> None:
        self._drawn = performance
        self.utterance = performance.utterance
        self.captions = performance.captions
        self.start_s = performance.start_s
        self.end_s = performance.end_s

    def switch(self, performance: Performance) -> None:
        """From the next frame on, the picture of this performance of the same utterance is shown."""
        self._drawn = performance

    def draw(self, time_s: float) -> RgbImage:
        """The frame of whichever performance is shown now."""
        return self._drawn.draw(time_s)
