"""The worker's own doings: one item after the other, on one time line, with progress."""

from __future__ import annotations

from itertools import groupby

import pytest

from narrator.flow import Sentence
from narrator.outputs.memory import MemoryOutput
from narrator.session import State
from narrator.stages import Performance
from tests.narrator.quick_narration import passage, quick_session


def states_of(*blocks: str, title: str = "", reads_ahead: bool = False) -> list[State]:
    session = quick_session([MemoryOutput()], reads_ahead=reads_ahead)
    watcher = session.subscribe()
    session.enqueue(passage(*blocks, title=title))
    session.wait_until_idle(5)
    session.close()
    return list(watcher)


def test_the_state_says_what_is_read_and_where() -> None:
    states = states_of("First one. Second one.", "Third one.", title="Page")
    spoken = [state for state in states if state.sentence]
    assert {state.title for state in spoken} == {"Page"}
    assert {state.outputs for state in spoken if state.status == "speaking"} == {("memory",)}
    # How many sentences there are becomes known while one of them is spoken: a state of its own, with the same place.
    places = [(s.sentence_index, s.block_index, s.sentence) for s in spoken if s.status == "speaking"]
    assert [place for place, _ in groupby(places)] == [
        (0, -1, "Page"),
        (1, 0, "First one."),
        (2, 0, "Second one."),
        (3, 1, "Third one."),
    ]


def test_progress_rises_to_one_when_the_source_is_read_ahead() -> None:
    shares = [state.progress for state in states_of("First one.", "Second one.", reads_ahead=True)]
    known = [share for share in shares if share is not None]
    assert known == sorted(known)
    assert known[-1] == 1.0


def test_narration_time_adds_up_over_all_sources() -> None:
    session = quick_session([MemoryOutput()])
    session.enqueue(passage("First one."))
    session.wait_until_idle(5)
    once_s = session.state.narration_s
    session.enqueue(passage("First one."))
    session.wait_until_idle(5)
    session.close()
    assert session.state.narration_s == pytest.approx(2 * once_s, rel=0.1)


def test_an_empty_source_is_done_at_once() -> None:
    session = quick_session([memory := MemoryOutput()], split=lambda _passage: iter(()))
    session.enqueue(passage("x"))
    assert session.wait_until_idle(5)
    session.close()
    assert session.state.finished == 1
    assert memory.sentences == []


def test_a_passage_is_read_only_as_far_as_needed() -> None:
    taken: list[int] = []

    def split(_passage: object) -> object:
        for number in range(1000):
            taken.append(number)
            yield Sentence(f"Sentence {number}.", "en")

    class StopsSoon(MemoryOutput):
        def play(self, performance: Performance, control):  # type: ignore[no-untyped-def]
            yield from super().play(performance, control)
            if len(self.sentences) == 3:
                session.stop()

    session = quick_session([StopsSoon()], split=split)  # type: ignore[arg-type]
    session.enqueue(passage("x"))
    assert session.wait_until_idle(5)
    session.close(completed=False)
    assert len(taken) < 10
