"""The promises between the parts: what a reader, voice, face and output guarantee, and may assume.

Every promise has a real implementation and a do-nothing twin, and one conformance suite runs over all of them
(tests/contracts). Nothing here imports a concrete part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from narrator.flow import Caption, Delivery, Passage, RgbImage, Sentence, Utterance, Viewport, Waiting


class Reader(Protocol):
    """Anything in, a Passage out."""

    def can_read(self, source: str) -> bool:
        """True when this reader is the one for the source; cheap: no network, no parsing."""
        ...

    def read(self, source: str) -> Passage:
        """The passage, with at least one block of text.

        Raises a SourceError with a next step, within the reader's time limit. Lazy blocks may raise one too.
        """
        ...


class Voice(Protocol):
    """A Sentence in, an Utterance out."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """The sentence as sound with every phone and word timed.

        Deterministic for the same input where the engine is. Called from one thread at a time. Any text is accepted,
        also text without a single letter (an utterance of silence). Raises VoiceError.
        """
        ...

    def close(self) -> None:
        """Frees the engine and its processes. Called once; nothing is called after it."""
        ...


class Performance(Protocol):
    """One utterance as the face will perform it: sound and mouth are known in full before the first frame is drawn.

    Time runs from -delivery.preroll_s (mouth begins to move) over 0 (first sample) to the end of the sentence's pause.
    """

    @property
    def utterance(self) -> Utterance:
        """What is said."""
        ...

    @property
    def captions(self) -> tuple[Caption, ...]:
        """What is written meanwhile; empty from a face that leaves them to the recipe."""
        ...

    @property
    def start_s(self) -> float:
        """-preroll."""
        ...

    @property
    def end_s(self) -> float:
        """Sound plus pause."""
        ...

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """The frame whose interval [time_s, time_s + 1/fps) holds the moment; height x width of the viewport.

        viewport: another size or framing than it was planned for; its frame rate does not count. waiting: how far the
        face rests instead of performing. May be called for any moment in any order; the same arguments give the same
        pixels. The returned array may be reused by the next call of the same thread: copy it to keep it. Several
        threads may draw at once.
        """
        ...


class Face(Protocol):
    """An Utterance in, a Performance out.

    perform() is called from one thread at a time, draw() and rest() from others, also several at once: the next
    sentence is planned while this one is drawn, and a film's frames are drawn side by side.
    """

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def drawn_at_once(self) -> int:
        """How many frames it pays to ask for from as many threads."""
        ...

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> Performance:
        """Plans the whole motion; cheap next to drawing it.

        clock_s is where on the narration's own time line (seconds since its start) the utterance begins, so that
        sway and blinks run on from one utterance into the next.
        """
        ...

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        """The face between utterances and while paused, at that moment of a time line of its own.

        thinking: as flow.Waiting has it.
        """
        ...

    def mouth_width_px(self, viewport: Viewport) -> float:
        """How wide the closed mouth is drawn; 0 where it has none."""
        ...


class Output(Protocol):
    """Where a narration goes: a window, a file, memory.

    open() once, then any number of play(), then close() exactly once, also after an error or a cancel. Where there
    was nothing to play, close() comes without open().
    """

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """Gets the device, window or temporary file. Raises OutputError."""
        ...

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Plays it through, yielding the position (seconds of performance time) at least ten times a second.

        Between two yields it looks at control and answers pause, stop and seek within 100 ms.
        The consumer may close the iterator at any time; sound and picture then stop.
        """
        ...

    def close(self, *, completed: bool) -> None:
        """Ends it. With completed=False nothing half-made is left behind."""
        ...


class Control(Protocol):
    """What outputs ask of the session while they play."""

    def is_paused(self) -> bool:
        """The person asked for a pause: hold the picture, stop the sound, keep the position."""
        ...

    def is_interrupted(self) -> bool:
        """This performance should end now (stop, seek, next, or something more urgent to say)."""
        ...


class Steering(Protocol):
    """What an output's own buttons and keys may ask of the session; from any thread, returning at once."""

    def pause(self) -> None:
        """Hold picture, sound and position."""
        ...

    def resume(self) -> None:
        """Go on from there."""
        ...

    def stop(self) -> None:
        """End what is being read and forget what waits."""
        ...

    def next(self) -> None:
        """On to the next sentence."""
        ...

    def previous(self) -> None:
        """Back to the sentence before."""
        ...

    def replay(self) -> None:
        """This sentence from its start."""
        ...

    def leave(self) -> None:
        """A person closed this output: the others go on; where it was the last, what is read ends."""
        ...


class WaitingFace(Protocol):
    """Whoever is cast at the moment, while nothing is said; from any thread."""

    @property
    def is_thinking(self) -> bool:
        """Whether a text is being fetched, so that nothing can be said yet."""
        ...

    def rest(self, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        """The waiting face at a moment of its own time line, which runs on while the narration stands.

        thinking: how far it shows that it thinks, as flow.Waiting has it.
        """
        ...

    def mouth_width_px(self, viewport: Viewport) -> float:
        """How wide its mouth is drawn; 0 where it has none."""
        ...


@runtime_checkable
class LivelyFace(Protocol):
    """A waiting face that may have something to say all the same, as one that follows a live sound."""

    @property
    def is_lively(self) -> bool:
        """Whether it should be drawn as often as one that performs."""
        ...


@runtime_checkable
class LivingOutput(Protocol):
    """An output that shows the face also while nothing is said: the session lends it before open()."""

    def attach_face(self, face: WaitingFace) -> None:
        """Called once, before open()."""
        ...


@runtime_checkable
class SteeringOutput(Protocol):
    """An output that has buttons or keys: the session hands itself over before open()."""

    def attach(self, steering: Steering) -> None:
        """Called once, before open()."""
        ...


@runtime_checkable
class HeardOutput(Protocol):
    """An output with a sound of its own for people in the room."""

    @property
    def is_heard(self) -> bool:
        """Whether it is heard."""
        ...


@runtime_checkable
class YieldingOutput(Protocol):
    """An output that is silent while another one is heard: of two clocks, the better picture keeps the sound's."""

    def give_way(self, is_other_heard: bool) -> None:
        """Called before each performance."""
        ...
