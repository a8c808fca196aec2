"""The mailbox: what people ask for stays until the worker has seen to it."""

from __future__ import annotations

import threading

from narrator.flow import Delivery
from narrator.session_orders import Ending, Orders, Place
from narrator.session_queue import Priority
from narrator.speech.silent_voice import SilentVoice
from tests.narrator.quick_narration import passage, quick_cast


def busy(*names: str) -> Orders:
    """Orders whose first item is being read."""
    orders = Orders(quick_cast())
    for name in names or ("page",):
        orders.add(name, passage, Priority.DOCUMENT, True)
    orders.next_item()
    return orders


def test_jumps_add_up_until_the_worker_takes_them() -> None:
    orders = busy()
    for _ in range(3):
        orders.jump(by=1)
    assert orders.is_interrupted()
    assert orders.take_place() == Place(3)
    assert not orders.is_interrupted()
    orders.jump(by=-1)
    assert orders.take_place() == Place(2)


def test_a_jump_never_goes_before_the_first_sentence() -> None:
    orders = busy()
    orders.jump(by=-5)
    assert orders.take_place() == Place(0)


def test_with_nothing_being_read_jumps_and_stops_are_not_kept() -> None:
    orders = Orders(quick_cast())
    orders.jump(by=1)
    orders.end(Ending.STOPPED)
    orders.add("page", passage, Priority.DOCUMENT, True)
    orders.next_item()
    assert not orders.is_interrupted()
    assert orders.take_place() == Place(0)


def test_a_stop_forgets_what_waits_and_a_skip_does_not() -> None:
    orders = busy("first", "second")
    orders.end(Ending.SKIPPED)
    assert orders.is_ending()
    item = orders.next_item()
    assert item is not None
    assert item.name == "second"
    assert not orders.is_ending()
    orders.end(Ending.STOPPED)
    assert len(orders.queue) == 0


def test_what_was_stopped_does_not_come_back_and_what_was_outranked_does() -> None:
    orders = Orders(quick_cast())
    orders.add("page", passage, Priority.DOCUMENT, True)
    item = orders.next_item()
    assert item is not None
    orders.add("alert", passage, Priority.ALERT, True)
    assert orders.is_ending()
    orders.put_back(item)
    assert orders.queue.names() == ("alert", "page")
    orders.end(Ending.STOPPED)
    orders.put_back(item)
    assert orders.queue.names() == ()


def test_a_new_cast_keeps_what_was_not_changed_and_remembers_every_voice() -> None:
    orders = Orders(quick_cast())
    first, second = orders.cast.voice, SilentVoice()
    orders.recast(delivery=Delivery(rate_wpm=90))
    orders.recast(voice=second)
    assert (orders.cast.voice, orders.cast.delivery.rate_wpm) == (second, 90)
    assert orders.voices == [first, second]


def test_closing_wakes_a_worker_that_waits() -> None:
    orders = Orders(quick_cast())
    threading.Timer(0.02, orders.close).start()
    assert orders.next_item() is None
    assert orders.is_closing()


def test_pause_is_what_the_outputs_see() -> None:
    orders = busy()
    orders.pause(True)
    assert orders.is_paused()
    orders.pause(False)
    assert not orders.is_paused()


def test_a_pause_holds_what_is_read_and_not_what_is_more_urgent() -> None:
    orders = busy()
    orders.pause(True)
    orders.add("!", lambda: passage("Battery low."), Priority.SCREEN_READER, True)
    assert orders.is_interrupted()
    document = orders.current
    assert document is not None
    orders.put_back(document)
    assert orders.next_item() is not document
    assert not orders.is_paused()
    assert orders.next_item() is document
    assert orders.is_paused()


def test_who_asks_for_the_last_sentence_a_little_late_gets_it() -> None:
    orders = busy()
    orders.arrive(Place(7))
    orders.replay_slower()
    assert orders.take_place() == Place(6, pace=0.75)
    orders.replay_slower()
    assert orders.take_place() == Place(6, pace=0.75 * 0.75)
