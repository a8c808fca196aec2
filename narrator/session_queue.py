"""Sources in, the most urgent one out: what waits to be read, and where an interrupted one goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from narrator.flow import Passage
from narrator.script import Script


class Priority(IntEnum):
    """How urgent a source is; a higher one interrupts a lower one that yields."""

    DOCUMENT = 0
    SCREEN_READER = 10
    ALERT = 20


@dataclass(eq=False, slots=True)
class Item:
    """One source on its way through the session."""

    name: str
    """As the person named it."""
    open: Callable[[], Passage]
    priority: int
    yields: bool
    """Whether something more urgent may interrupt it."""
    order: int
    """When it came: earlier first among equals."""
    script: Script | None = None
    """Its sentences, once it is open."""
    sentence: int = 0
    """Where it goes on, 0-based."""
    word: int = 0
    """The word in that sentence, 0-based."""


class ItemQueue:
    """The items that wait, most urgent first, then oldest first. Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._items: list[Item] = []

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Item) -> None:
        """Puts it in its place; an interrupted item keeps its old order and so comes back first."""
        self._items.append(item)
        self._items.sort(key=lambda waiting: (-waiting.priority, waiting.order))

    def take(self) -> Item:
        """The most urgent one, which no longer waits."""
        return self._items.pop(0)

    def clear(self) -> None:
        """Forgets them all."""
        self._items.clear()

    def names(self) -> tuple[str, ...]:
        """What waits."""
        return tuple(item.name for item in self._items)

    def interrupts(self, item: Item) -> bool:
        """True when something here is more urgent than that item, which yields."""
        return item.yields and bool(self._items) and self._items[0].priority > item.priority
