"""A sentence is sought by its number, also one that was not read on to yet; past the end there is none."""

from __future__ import annotations

import threading

from narrator.flow import Passage
from narrator.session import Status
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for

LONG = "One two three four five six seven eight nine ten."


def test_seek_past_the_end_is_false_and_it_reads_on() -> None:
    running = quick_session([SlowOutput()])
    running.enqueue(passage(*[f"Number {number}. {LONG}" for number in range(3)]))
    wait_for(lambda: running.state.status is Status.SPEAKING)
    running.pause()
    before = running.state.sentence_index
    assert running.seek(10_000).result(10) is False
    assert running.sentence_count > 1
    running.resume()
    wait_for(lambda: running.state.sentence_index == before + 1)
    assert running.seek(running.sentence_count - 1).result(10) is True
    assert running.wait_until_idle(10)
    running.close()
    assert running.state.finished == 1


def test_a_sentence_is_sought_while_the_source_is_opened() -> None:
    may_open = threading.Event()

    def open_late(source: str) -> Passage:
        may_open.wait(10)
        return passage(*[f"Sentence {number}. {LONG}" for number in range(9)], source=source)

    session = quick_session([SlowOutput()], open_late)
    assert session.seek(3).result(10) is False
    session.enqueue("page")
    wait_for(lambda: session.state.status is Status.OPENING)
    found, missed = session.seek(3), session.seek(99)
    may_open.set()
    assert (found.result(10), missed.result(10)) == (True, False)
    wait_for(lambda: session.state.sentence_index == 3)
    session.close(completed=False)
