"""Sentences in, performances out, prepared ahead: the one recipe for live, films and tests."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, field

from narrator.captions import with_captions
from narrator.flow import Delivery, Sentence, Utterance, Viewport
from narrator.made_from import MadeFrom
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
    made_from: MadeFrom = field(default_factory=MadeFrom, compare=False)
    """What all casts of the narration have noted, this one and those before it."""

    def show(self, utterance: Utterance, clock_s: float) -> Performance:
        """The utterance posed; clock_s is the narration's time of its first sample."""
        self.made_from.note(utterance.sentence, self.face.name, self.voice.name, self.delivery.motion)
        return self.face.perform(utterance, self.delivery, self.viewport, clock_s)


def perform(sentence: Sentence, cast: Cast, clock_s: float) -> Performance:
    """One sentence spoken, posed and captioned; clock_s is the narration's time when its preroll begins."""
    utterance = cast.voice.speak(sentence, cast.delivery)
    sound_s = clock_s + cast.delivery.preroll_s
    return with_captions(cast.show(utterance, sound_s))


class Performances:
    """The performances in order, LOOK_AHEAD of them prepared beyond the one in use. Iterate, then close().

    Everything that can block (reading on, speaking, planning) runs in the studio, an executor of one thread that all
    recipes of a session share: so a voice is called from one thread only. Ends early, within POLL_S, once cancelled.
    Raises what the reader, the voice or the face raised, at the sentence it belongs to.
    """

    def __init__(
        self,
        read_from: Callable[[int], Iterator[Sentence]],
        cast: Cast,
        studio: Executor,
        *,
        first: int = 0,
        clock_s: float = 0.0,
        opening: Cast | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """read_from gives the sentences from a number on; opening performs the first one only, instead of cast."""
        self._read_from = read_from
        self._studio = studio
        self._is_cancelled = is_cancelled
        self._next = first
        self._prepared: deque[Future[Performance | None]] = deque()
        self._prepare = _Preparation(read_from(first), cast, clock_s, opening)
        self._fill()

    def __iter__(self) -> Iterator[Performance]:
        return self

    def __next__(self) -> Performance:
        """The next one, waited for; the end where there is none or it was cancelled."""
        self._fill()
        while not self._prepared[0].done():
            if self._is_cancelled():
                raise StopIteration
            wait([self._prepared[0]], timeout=POLL_S)
        performance = self._prepared.popleft().result()
        if performance is None:
            raise StopIteration
        self._next += 1
        return performance

    def recast(self, cast: Cast, clock_s: float) -> None:
        """All that were not given out yet are prepared anew by this cast, the next one beginning at clock_s."""
        self.close()
        self._prepare = _Preparation(self._read_from(self._next), cast, clock_s)
        self._fill()

    def close(self) -> None:
        """Prepares no more."""
        while self._prepared:
            self._prepared.pop().cancel()

    def _fill(self) -> None:
        while len(self._prepared) <= LOOK_AHEAD:
            self._prepared.append(self._studio.submit(self._prepare))


class _Preparation:
    """What the studio does for each performance: one after the other, on one time line."""

    def __init__(self, sentences: Iterator[Sentence], cast: Cast, clock_s: float, opening: Cast | None = None) -> None:
        self._sentences = sentences
        self._cast = cast
        self._timeline_s = clock_s
        self._opening = opening

    def __call__(self) -> Performance | None:
        sentence = next(self._sentences, None)
        if sentence is None:
            return None
        cast, self._opening = self._opening or self._cast, None
        performance = perform(sentence, cast, self._timeline_s)
        self._timeline_s = next_begin_s(performance, self._timeline_s, cast.viewport.fps)
        return performance


def performances(sentences: Iterator[Sentence], cast: Cast, studio: Executor) -> Performances:
    """The performances of sentences that are read once."""
    return Performances(lambda _first: sentences, cast, studio)


def in_turn(sentences: Iterator[Sentence], cast: Cast, clock_s: float) -> Iterator[Performance]:
    """The performances one at a time, each prepared by the caller's own thread when it is asked for."""
    prepare = _Preparation(sentences, cast, clock_s)
    while (performance := prepare()) is not None:
        yield performance
