"""Sentences and a cast in, each performance with its moment out, and nothing played."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from narrator.flow import Phone, Sentence, Word
from narrator.pipeline import Cast, performances
from narrator.stages import Performance
from narrator.timeline import ROUNDING, next_begin_s

SHORTEST_GAP_S = 1e-6
"""Less than this between two phones is rounding, not silence: a sample lasts 20 times as long."""


def rehearse(sentences: Iterator[Sentence], cast: Cast) -> Iterator[tuple[float, Performance]]:
    """Each performance and the moment of its first sample, in seconds since the narration's first sample.

    A film of the same narration shows the same moments, later by the first preroll.
    """
    begin_s = -cast.delivery.preroll_s
    offset_s = begin_s
    with (
        ThreadPoolExecutor(1, thread_name_prefix="narrator-studio") as studio,
        closing(performances(sentences, cast, studio)) as prepared,
    ):
        for performance in prepared:
            yield begin_s - performance.start_s, performance
            begin_s = offset_s + next_begin_s(performance, begin_s - offset_s, cast.viewport.fps)


def film_frames(
    rehearsed: Iterator[tuple[float, Performance]], fps: float
) -> Iterator[tuple[float, Performance, float]]:
    """Each video frame of the narration: its time, the performance it shows, and the moment in that performance.

    A performance is shown until the next one's preroll begins, the last one to the end of its pause.
    """
    shown = next(rehearsed, None)
    while shown is not None:
        zero_s, performance = shown
        following = next(rehearsed, None)
        end_s = zero_s + performance.end_s if following is None else following[0] + following[1].start_s
        frames = math.ceil((end_s - zero_s - performance.start_s) * fps - ROUNDING)
        for frame in range(frames):
            moment_s = performance.start_s + frame / fps
            yield zero_s + moment_s, performance, moment_s
        shown = following


def timed_speech(rehearsed: Iterator[tuple[float, Performance]]) -> Iterator[Phone | Word]:
    """All phones and words on the one time line, phones without a gap: pauses are phones with an empty ipa."""
    end_s = 0.0
    for zero_s, performance in rehearsed:
        utterance = performance.utterance
        if zero_s - end_s > SHORTEST_GAP_S:
            yield Phone("", end_s, zero_s - end_s)
        for phone in utterance.phones:
            yield Phone(phone.ipa, zero_s + phone.start_s, phone.duration_s, phone.stress)
        for word in utterance.words:
            yield Word(word.text, zero_s + word.start_s, word.duration_s, word.start_char, word.end_char)
        end_s = zero_s + utterance.duration_s
