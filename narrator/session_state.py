"""What a session does, as a stream of frozen states that any number may watch."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from narrator.session_queue import Waiting

WATCHED = 512
"""States kept for a watcher that does not keep up; then the oldest go. Every state carries all faults so far."""
FAULTS = 100
"""Faults kept in a state."""


class Status(StrEnum):
    """What the session is doing."""

    IDLE = "idle"
    OPENING = "opening"
    """The source is being fetched or its first sentence spoken."""
    SPEAKING = "speaking"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong while the rest went on."""

    part: str
    """"source", "voice", "face", "output", "places", or "narrator" for anything else."""
    name: str
    """Which one."""
    message: str
    """One line: what was expected, what came, what to do next."""
    sentence: int = -1
    """0-based sentence of the source that is left out; -1 where none is."""
    is_rest: bool = False
    """All that follows that sentence is left out too."""


@dataclass(frozen=True, slots=True)
class State:
    """The session at one moment."""

    status: Status = Status.IDLE
    source: str = ""
    """What is being read, as it was named."""
    title: str = ""
    item: int = 0
    """Its number in the queue; 0 before the first."""
    number: int = 0
    """How many sources were begun, this one included; an interrupted one counts again when it goes on."""
    sentence: str = ""
    sentence_index: int = 0
    """0-based."""
    sentence_count: int = 0
    """0 while not known."""
    resumed_at: int = 0
    """The sentence at which its reading went on from an earlier time; 0 where it began at the beginning."""
    block_index: int = 0
    """0-based block of the passage; -1 while its title is read."""
    word: str = ""
    """The word being said; empty before the first."""
    word_index: int = -1
    """0-based in the sentence; -1 before the first."""
    marks: tuple[tuple[int, int, float], ...] = ()
    """(first character, one past the last, start in seconds) of each word of the sentence from where it was begun."""
    rate_wpm: int = 0
    """Of this sentence; lower than the setting while it is replayed slower."""
    position_s: float = 0.0
    """Seconds in the sentence; negative in the preroll."""
    narration_s: float = 0.0
    """Seconds of narration played since the session began."""
    progress: float | None = None
    """Share of the source's text that has been read, 0..1; None while its length is not known."""
    outputs: tuple[str, ...] = ()
    """The outputs that are open."""
    waiting: tuple[Waiting, ...] = ()
    """What waits to be read, most urgent first."""
    finished: int = 0
    """Sources read to their end."""
    stopped: bool = False
    """Someone asked for an early end of it all."""
    faults: tuple[Fault, ...] = ()
    """The last FAULTS of them, oldest first."""

    def is_step_from(self, earlier: State) -> bool:
        """True when it differs from the earlier state in more than word and position."""
        return replace(
            self,
            word=earlier.word,
            word_index=earlier.word_index,
            position_s=earlier.position_s,
            narration_s=earlier.narration_s,
            progress=earlier.progress,
        ) != replace(earlier)


class Watcher:
    """One subscription. Iterate over it, or get() with a time limit; close() when done."""

    def __init__(self, first: State, stream: StateStream) -> None:
        self._unread: deque[State] = deque([first], maxlen=WATCHED)
        self._stream = stream
        self._changed = threading.Condition()
        self._ended = False

    def __iter__(self) -> Iterator[State]:
        while (state := self.get(None)) is not None:
            yield state

    def get(self, timeout_s: float | None = None) -> State | None:
        """The next state not yet seen; None after timeout_s, or at once when the session has closed."""
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        with self._changed:
            while not self._unread:
                left_s = None if deadline is None else deadline - time.monotonic()
                if self._ended or (left_s is not None and left_s <= 0):
                    return None
                self._changed.wait(left_s)
            return self._unread.popleft()

    def close(self) -> None:
        """Ends the subscription."""
        self._stream.forget(self)
        self.end()

    def tell(self, state: State) -> None:
        """Called by the stream: one more state, replacing an unread one that differs in word and position only."""
        with self._changed:
            if self._unread and not state.is_step_from(self._unread[-1]):
                self._unread.pop()
            self._unread.append(state)
            self._changed.notify_all()

    def end(self) -> None:
        """Called by the stream: nothing more will come."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()


class StateStream:
    """The current state and whoever watches it. Any thread may use it."""

    def __init__(self) -> None:
        self._state = State()
        self._watchers: list[Watcher] = []
        self._lock = threading.RLock()

    @property
    def state(self) -> State:
        """The latest state."""
        return self._state

    def subscribe(self) -> Watcher:
        """A watcher that begins with the current state."""
        with self._lock:
            watcher = Watcher(self._state, self)
            self._watchers.append(watcher)
            if self._state.status is Status.CLOSED:
                watcher.end()
            return watcher

    def publish(self, **changes: object) -> None:
        """The state with these fields changed is told to every watcher, in order."""
        with self._lock:
            state = replace(self._state, **changes)  # type: ignore[arg-type]
            if state == self._state:
                return
            self._state = state
            for watcher in self._watchers:
                watcher.tell(state)
                if state.status is Status.CLOSED:
                    watcher.end()

    def report(self, fault: Fault) -> None:
        """Adds a fault."""
        with self._lock:
            self.publish(faults=(*self._state.faults, fault)[-FAULTS:])

    def forget(self, watcher: Watcher) -> None:
        """The watcher is told nothing more."""
        with self._lock:
            if watcher in self._watchers:
                self._watchers.remove(watcher)
