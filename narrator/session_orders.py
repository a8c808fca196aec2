"""What people ask of a running session, from any thread, kept until the worker has seen to it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from narrator.flow import Passage
from narrator.pipeline import Cast
from narrator.session_queue import Item, ItemQueue, Priority, Waiting


class Ending(StrEnum):
    """Why the current item must end before its last sentence."""

    SKIPPED = "skipped"
    STOPPED = "stopped"


SLOWER = 0.75
"""Of the rate, for a sentence replayed slower, and again for the next time."""
LATE_S = 1.5
"""Who asks for the last sentence again this soon after the next one began means the one before."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on, both 0-based."""

    sentence: int
    word: int = 0
    pace: float = 1.0
    """Of the rate, for this sentence only."""


class Orders:
    """The mailbox between the commands and the worker; to the outputs it is their Control."""

    def __init__(self, cast: Cast) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.queue = ItemQueue()
        self.cast = cast
        self.voices = [cast.voice]
        self._current: Item | None = None
        self._place = Place(0)
        self._arrived_s = -math.inf
        self._jump: Place | None = None
        self._ending: Ending | None = None
        self._held: int | None = None
        """The priority up to which everything is paused; None where nothing is."""
        self._closing = False
        self._count = 0

    # What the outputs ask.

    def is_paused(self) -> bool:
        """What is read now is held; what is more urgent and came later is said all the same."""
        return self._held is not None and (self._current is None or self._current.priority <= self._held)

    def is_interrupted(self) -> bool:
        """What is being said now should end."""
        return self._jump is not None or self.is_ending()

    # What the worker asks.

    def is_ending(self) -> bool:
        """The current item should end, for good or until something more urgent is done."""
        return self._closing or self._ending is not None or self._is_outranked()

    def is_closing(self) -> bool:
        """The session is to end."""
        return self._closing

    def next_item(self) -> Item | None:
        """Waits for an item and makes it the current one; None once the session is to end."""
        with self.changed:
            self._current = None
            self._jump = self._ending = None
            self.changed.notify_all()
            while not self.queue and not self._closing:
                self.changed.wait()
            if self._closing:
                return None
            self._current = self.queue.take()
            self._place = Place(self._current.sentence, self._current.word)
            return self._current

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits to be read, most urgent first."""
        with self.changed:
            return self.queue.waiting()

    def put_back(self, item: Item) -> None:
        """The item was interrupted by something more urgent: it goes on later, from the sentence it was in."""
        with self.changed:
            if self._ending is None and not self._closing:
                self.queue.add(item)

    def take_place(self) -> Place:
        """Where to go on now: the place asked for, else where the worker is."""
        with self.changed:
            if self._jump is not None:
                self._place, self._jump, self._arrived_s = self._jump, None, -math.inf
            return self._place

    def arrive(self, place: Place) -> None:
        """The worker came there by reading on."""
        with self.changed:
            self._place, self._arrived_s = place, time.monotonic()

    # What people ask.

    def add(
        self,
        name: str,
        open_passage: Callable[[], Passage],
        priority: int,
        yields: bool,
        recast: Callable[[Cast], Cast] | None = None,
    ) -> int:
        """One more item; its number."""
        with self.changed:
            self._count += 1
            self.queue.add(Item(name, open_passage, priority, yields, self._count, self._count, recast=recast))
            self.changed.notify_all()
            return self._count

    def remove(self, item_id: int) -> bool:
        """Forgets one that waits, or ends the one being read; False where there is none of that number."""
        with self.changed:
            if self._current is not None and self._current.id == item_id:
                self.end(Ending.SKIPPED)
                return True
            return self.queue.remove(item_id)

    def hush(self, name: str) -> None:
        """Forgets all of that name that waits, and ends it where it is being read."""
        with self.changed:
            self.queue.forget(name)
            if self._current is not None and self._current.name == name:
                self.end(Ending.SKIPPED)

    def move(self, item_id: int, place: int) -> bool:
        """To that place among those that wait and are equally urgent; False where none of that number waits."""
        with self.changed:
            return self.queue.move(item_id, place)

    def pause(self, paused: bool) -> None:
        """Hold what is being read, or go on."""
        with self.changed:
            being_read = Priority.DOCUMENT if self._current is None else self._current.priority
            self._held = being_read if paused else None
            self.changed.notify_all()

    def end(self, ending: Ending) -> None:
        """Ends the current item; STOPPED also forgets what waits."""
        with self.changed:
            if ending is Ending.STOPPED:
                self.queue.clear()
            if self._current is not None:
                self._ending = ending
            self.changed.notify_all()

    def jump(self, place: Place | None = None, *, by: int = 0) -> None:
        """To that place, or so many sentences on from where we are (or are already asked to be)."""
        with self.changed:
            if self._current is None:
                return
            self._jump = place if place is not None else Place(max(0, self.here().sentence + by))
            self.changed.notify_all()

    def replay_slower(self) -> None:
        """The last sentence again at a slower pace: this one, or the one before where this one has only just begun."""
        with self.changed:
            here = self.here()
            is_late = self._jump is None and time.monotonic() - self._arrived_s < LATE_S
            sentence = max(0, here.sentence - 1) if is_late else here.sentence
            self.jump(Place(sentence, pace=SLOWER if is_late else here.pace * SLOWER))

    def here(self) -> Place:
        """Where we are, or are already asked to be."""
        return self._jump or self._place

    @property
    def current(self) -> Item | None:
        """What is being read."""
        return self._current

    def take_back(self, refused: Cast, instead: Cast) -> None:
        """A cast that cannot perform goes; one that was asked for since stays."""
        with self.changed:
            if self.cast is refused:
                self.cast = instead

    def recast(self, **changes: object) -> None:
        """Another voice, face, delivery or viewport."""
        with self.changed:
            self.cast = replace(self.cast, **changes)  # type: ignore[arg-type]
            if self.cast.voice not in self.voices:
                self.voices.append(self.cast.voice)
            self.changed.notify_all()

    def close(self) -> None:
        """Ends the session."""
        with self.changed:
            self._closing = True
            self.changed.notify_all()

    def wake(self) -> None:
        """Lets whoever waits look again."""
        with self.changed:
            self.changed.notify_all()

    def is_idle(self) -> bool:
        """Nothing is being read and nothing waits."""
        with self.changed:
            return self._current is None and not self.queue

    def _is_outranked(self) -> bool:
        current = self._current
        return current is not None and self.queue.interrupts(current)
