"""Sentences in, performances out, prepared ahead: the one recipe for live, films and tests."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, field

from narrator.captions import with_captions
from narrator.flow import Delivery, Sentence, Viewport
from narrator.stages import Face, Performance, Voice
from narrator.timeline import next_begin_s

LOOK_AHEAD = 2
"""Sentences prepared beyond the one that is being played; enough to hide a slow voice, small enough to forget."""
POLL_S = 0.02
"""How often a waiting recipe looks whether it was cancelled: a fifth of the 100 ms that are promised."""


@dataclass(frozen=True)
class Cast:
    """Who speaks, who shows it and how: everything the recipe needs besides the sentences."""

    voice: Voice
    face: Face
    delivery: Delivery = field(default_factory=Delivery)
    viewport: Viewport = field(default_factory=Viewport)


def perform(sentence: Sentence, cast: Cast, clock_s: float) -> Performance:
    """One sentence spoken, posed and captioned; clock_s is the narration's time when its preroll begins."""
    utterance = cast.voice.speak(sentence, cast.delivery)
    sound_s = clock_s + cast.delivery.preroll_s
    return with_captions(cast.face.perform(utterance, cast.delivery, cast.viewport, sound_s))


def performances(
    sentences: Iterator[Sentence],
    cast: Cast,
    studio: Executor,
    clock_s: float = 0.0,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Generator[Performance, None, None]:
    """The performances in order, LOOK_AHEAD of them prepared beyond the one in use.

    Everything that can block (reading on, speaking, planning) runs in the studio, an executor of one thread that all
    recipes of a session share: so a voice is called from one thread only. Ends early, within POLL_S, once cancelled.
    Raises what the reader, the voice or the face raised, at the sentence it belongs to.
    """
    timeline_s = clock_s

    def prepare() -> Performance | None:
        nonlocal timeline_s
        sentence = next(sentences, None)
        if sentence is None:
            return None
        performance = perform(sentence, cast, timeline_s)
        timeline_s = next_begin_s(performance, timeline_s, cast.viewport.fps)
        return performance

    prepared: deque[Future[Performance | None]] = deque()
    try:
        while True:
            while len(prepared) <= LOOK_AHEAD:
                prepared.append(studio.submit(prepare))
            while not prepared[0].done():
                if is_cancelled():
                    return
                wait([prepared[0]], timeout=POLL_S)
            performance = prepared.popleft().result()
            if performance is None:
                return
            yield performance
    finally:
        for future in prepared:
            future.cancel()
