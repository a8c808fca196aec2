"""Sources in, the most urgent one out: what waits to be read, and where an interrupted one goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from narrator.flow import Passage
from narrator.pipeline import Cast
from narrator.positions import Mark
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
    """When it came, or where it was moved to: earlier first among equals."""
    id: int = 0
    """Its number in the session, by which people name it."""
    identities: tuple[str, ...] = ()
    """What makes it the same document another time; none where nothing does, or before it was looked at."""
    mark: Mark | None = None
    """Where an earlier session left it."""
    script: Script | None = None
    """Its sentences, once it is open."""
    sentence: int = 0
    """Where it goes on, 0-based."""
    word: int = 0
    """The word in that sentence, 0-based."""
    recast: Callable[[Cast], Cast] | None = None
    """What is different from the session's cast while this is read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits, as others see it."""

    id: int
    name: str
    priority: int


class ItemQueue:
    """The items that wait, most urgent first, then oldest first. Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._items: list[Item] = []

    def __len__(self) -> int:
        return len(self._items)

    def add(self, item: Item) -> None:
        """Puts it in its place; an interrupted item keeps its old order and so comes back first."""
        self._items.append(item)
        self._sort()

    def take(self) -> Item:
        """The most urgent one, which no longer waits."""
        return self._items.pop(0)

    def clear(self) -> None:
        """Forgets them all."""
        self._items.clear()

    def names(self) -> tuple[str, ...]:
        """What waits."""
        return tuple(item.name for item in self._items)

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, most urgent first."""
        return tuple(Waiting(item.id, item.name, item.priority) for item in self._items)

    def remove(self, item_id: int) -> bool:
        """Forgets one; False where none of that number waits."""
        kept = [item for item in self._items if item.id != item_id]
        removed, self._items = len(kept) < len(self._items), kept
        return removed

    def forget(self, name: str) -> bool:
        """Forgets all of that name; False where none waits."""
        kept = [item for item in self._items if item.name != name]
        forgotten, self._items = len(kept) < len(self._items), kept
        return forgotten

    def move(self, item_id: int, place: int) -> bool:
        """To that place (0-based) among those that are equally urgent; False where none of that number waits."""
        moved = next((item for item in self._items if item.id == item_id), None)
        if moved is None:
            return False
        equals = [item for item in self._items if item.priority == moved.priority]
        orders = [item.order for item in equals]
        equals.remove(moved)
        equals.insert(max(0, place), moved)
        for item, order in zip(equals, orders, strict=True):
            item.order = order
        self._sort()
        return True

    def interrupts(self, item: Item) -> bool:
        """True when something here is more urgent than that item, which yields."""
        return item.yields and bool(self._items) and self._items[0].priority > item.priority

    def _sort(self) -> None:
        self._items.sort(key=lambda waiting: (-waiting.priority, waiting.order))
