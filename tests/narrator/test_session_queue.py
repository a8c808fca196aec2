"""The most urgent item first, the oldest among equals, and an interrupted one back in its place."""

from __future__ import annotations

from narrator.session_queue import Item, ItemQueue, Priority
from tests.narrator.quick_narration import passage


def item(name: str, priority: int = Priority.DOCUMENT, order: int = 0, *, yields: bool = True) -> Item:
    return Item(name, lambda: passage(name), priority, yields, order, id=order)


def filled(*items: Item) -> ItemQueue:
    queue = ItemQueue()
    for one in items:
        queue.add(one)
    return queue


def test_the_most_urgent_comes_first_and_the_oldest_among_equals() -> None:
    queue = filled(
        item("b", order=1), item("a", order=0), item("!", Priority.ALERT, 3), item("r", Priority.SCREEN_READER, 2)
    )
    assert queue.names() == ("!", "r", "a", "b")
    assert [queue.take().name for _ in range(4)] == ["!", "r", "a", "b"]


def test_an_interrupted_item_comes_back_before_those_that_came_later() -> None:
    queue = filled(item("later", order=5))
    queue.add(item("interrupted", order=1))
    assert queue.names() == ("interrupted", "later")


def test_only_something_more_urgent_interrupts_and_only_what_yields() -> None:
    queue = filled(item("reader", Priority.SCREEN_READER))
    assert queue.interrupts(item("document"))
    assert not queue.interrupts(item("document", yields=False))
    assert not queue.interrupts(item("equal", Priority.SCREEN_READER))
    assert not ItemQueue().interrupts(item("document"))


def test_clearing_forgets_all() -> None:
    queue = filled(item("a"), item("b"))
    queue.clear()
    assert len(queue) == 0


def test_an_item_is_moved_among_its_equals_only() -> None:
    queue = filled(item("a", order=1), item("b", order=2), item("c", order=3), item("!", Priority.ALERT, 4))
    assert queue.move(3, 0)
    assert queue.names() == ("!", "c", "a", "b")
    assert queue.move(3, 99)
    assert queue.names() == ("!", "a", "b", "c")
    assert not queue.move(77, 0)


def test_what_comes_later_stays_behind_what_was_moved() -> None:
    queue = filled(item("a", order=1), item("b", order=2))
    queue.move(1, 1)
    queue.add(item("c", order=3))
    assert queue.names() == ("b", "a", "c")


def test_an_item_is_taken_out_by_its_number() -> None:
    queue = filled(item("a", order=1), item("b", order=2))
    assert queue.remove(1)
    assert not queue.remove(1)
    assert [(one.id, one.name) for one in queue.waiting()] == [(2, "b")]
