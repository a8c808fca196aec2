"""Any number may watch the state; nobody waits for a slow watcher and nobody misses how it ends."""

from __future__ import annotations

import threading
import time

from narrator.session_state import FAULTS, WATCHED, Fault, StateStream, Status


def test_a_watcher_begins_with_the_present_state() -> None:
    stream = StateStream()
    stream.publish(title="Alice")
    state = stream.subscribe().get(0)
    assert state is not None
    assert state.title == "Alice"


def test_steps_come_one_by_one_and_words_only_as_the_latest() -> None:
    stream = StateStream()
    watcher = stream.subscribe()
    watcher.get(0)
    stream.publish(sentence_index=1)
    for word in range(100):
        stream.publish(word_index=word)
    stream.publish(sentence_index=2)
    seen = [(state.sentence_index, state.word_index) for _ in range(2) if (state := watcher.get(0))]
    assert seen == [(1, 99), (2, 99)]
    assert watcher.get(0) is None


def test_the_same_state_is_told_once() -> None:
    stream = StateStream()
    watcher = stream.subscribe()
    stream.publish(title="x")
    stream.publish(title="x")
    assert [bool(watcher.get(0)) for _ in range(3)] == [True, True, False]


def test_a_watcher_that_sleeps_costs_bounded_memory_and_still_sees_all_faults() -> None:
    stream = StateStream()
    watcher = stream.subscribe()
    stream.report(Fault("source", "page", "expected x; y came. Do z."))
    for index in range(3 * WATCHED):
        stream.publish(sentence_index=index + 1)
    stream.publish(status=Status.CLOSED)
    states = list(watcher)
    assert len(states) == WATCHED
    assert states[-1].status is Status.CLOSED
    assert states[-1].faults[0].name == "page"


def test_faults_are_bounded_too() -> None:
    stream = StateStream()
    for number in range(2 * FAULTS):
        stream.report(Fault("source", str(number), "x"))
    assert [fault.name for fault in stream.state.faults] == [str(n) for n in range(FAULTS, 2 * FAULTS)]


def test_waiting_ends_with_the_time_limit_the_next_state_or_the_close() -> None:
    stream = StateStream()
    watcher = stream.subscribe()
    watcher.get(0)
    assert watcher.get(0.01) is None
    threading.Timer(0.02, stream.publish, kwargs={"title": "late"}).start()
    state = watcher.get(5)
    assert state is not None
    assert state.title == "late"
    threading.Timer(0.02, stream.publish, kwargs={"status": Status.CLOSED}).start()
    began_s = time.monotonic()
    assert [state.status for state in watcher] == [Status.CLOSED]
    assert time.monotonic() - began_s < 1


def test_whoever_comes_after_the_end_sees_the_end() -> None:
    stream = StateStream()
    stream.publish(status=Status.CLOSED)
    assert [state.status for state in stream.subscribe()] == [Status.CLOSED]


def test_a_closed_watcher_is_told_nothing_more() -> None:
    stream = StateStream()
    watcher = stream.subscribe()
    watcher.close()
    stream.publish(title="unheard")
    assert [state.title for state in watcher] == [""]
