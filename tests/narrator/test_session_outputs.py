"""Outputs play in step; a failing one is closed, named and left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from narrator.errors import Cancelled, OutputError
from narrator.flow import Sentence, Viewport
from narrator.outputs.memory import MemoryOutput
from narrator.session_orders import Orders
from narrator.session_outputs import OutputSet
from narrator.session_state import Fault
from narrator.stages import Control, Output, Performance, Steering
from tests.narrator.quick_narration import SMALL, nothing_there, passage, quick_cast, quick_session


class Quiet:
    """Nobody steers."""

    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def stop(self) -> None: ...
    def next(self) -> None: ...
    def previous(self) -> None: ...
    def replay(self) -> None: ...
    def leave(self) -> None: ...


@pytest.fixture
def performance() -> Performance:
    cast = quick_cast()
    utterance = cast.voice.speak(Sentence("One two three four five.", "en"), cast.delivery)
    return cast.face.perform(utterance, cast.delivery, SMALL, 0.0)


def opened(*outputs: Output) -> tuple[OutputSet, list[Fault]]:
    faults: list[Fault] = []
    together = OutputSet(outputs, faults.append)
    together.open(SMALL, 22050, Quiet())
    return together, faults


def test_all_outputs_get_every_frame_in_step(performance: Performance) -> None:
    first, second = MemoryOutput(), MemoryOutput()
    together, _ = opened(first, second)
    for _ in together.play(performance, Orders(quick_cast())):
        assert abs(first.frame_count - second.frame_count) <= 1
    assert first.frame_count == second.frame_count > 30


def test_a_fast_output_waits_for_a_slow_one(performance: Performance) -> None:
    class Coarse(MemoryOutput):
        """Tells its position at every fifth frame only."""

        def play(self, performance: Performance, control: Control) -> Iterator[float]:
            for number, position_s in enumerate(super().play(performance, control)):
                if number % 5 == 0:
                    yield position_s

    fine, coarse = MemoryOutput(), Coarse()
    together, _ = opened(fine, coarse)
    for _ in together.play(performance, Orders(quick_cast())):
        assert abs(fine.frame_count - coarse.frame_count) <= 9  # 0.1 s and one coarse step


def test_open_and_close_come_once_each() -> None:
    memory = MemoryOutput()
    together, _ = opened(memory)
    together.open(Viewport(2, 2), 8000, Quiet())
    assert (memory.viewport, memory.rate_hz, together.names) == (SMALL, 22050, ("memory",))
    together.close(completed=True)
    memory.closed = None
    together.close(completed=False)
    assert memory.closed is None


def test_an_output_that_was_never_needed_is_closed_too() -> None:
    memory = MemoryOutput()
    OutputSet([memory], lambda _fault: None).close(completed=True)
    assert memory.closed is False


def test_an_output_that_cannot_open_is_named_and_closed() -> None:
    class Locked(MemoryOutput):
        name = "locked"

        def open(self, viewport: Viewport, rate_hz: int) -> None:
            raise OutputError("a device", "it is locked", "Unlock it.")

    locked, memory = Locked(), MemoryOutput()
    together, faults = opened(locked, memory)
    assert together.names == ("memory",)
    assert locked.closed is False
    assert [fault.name for fault in faults] == ["locked"]


def test_a_fault_at_the_end_is_reported_not_raised() -> None:
    class FullDisk(MemoryOutput):
        def close(self, *, completed: bool) -> None:
            raise OutputError("room for the film", "the disk is full", "Delete something.")

    together, faults = opened(FullDisk())
    together.close(completed=True)
    assert "full" in faults[0].message


def test_ending_early_ends_every_output(performance: Performance) -> None:
    ended: list[str] = []

    class Noting(MemoryOutput):
        def play(self, performance: Performance, control: Control) -> Iterator[float]:
            try:
                yield from super().play(performance, control)
            finally:
                ended.append("ended")

    together, _ = opened(Noting(), Noting())
    playing = together.play(performance, Orders(quick_cast()))
    next(playing)
    next(playing)
    playing.close()
    assert ended == ["ended", "ended"]


def test_an_output_with_buttons_gets_the_session_before_it_opens() -> None:
    class Buttons(MemoryOutput):
        steering: Steering | None = None
        had_it_at_open = False

        def attach(self, steering: Steering) -> None:
            self.steering = steering

        def open(self, viewport: Viewport, rate_hz: int) -> None:
            self.had_it_at_open = self.steering is not None

    buttons = Buttons()
    session = quick_session([buttons], nothing_there)
    session.enqueue("nowhere")
    session.wait_until_idle(5)
    assert buttons.steering is None
    opened(buttons)
    assert buttons.had_it_at_open
    session.close()


class ClosedByHand(MemoryOutput):
    """As a window that a person closes in the middle of a sentence."""

    name = "closed by hand"

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        yield from itertools.islice(super().play(performance, control), 5)
        raise Cancelled


def test_one_that_a_person_closes_is_no_fault_and_the_others_go_on() -> None:
    memory = MemoryOutput()
    session = quick_session([ClosedByHand(), memory])
    session.enqueue(passage("One here. Two here."))
    assert session.wait_until_idle(10)
    assert session.state.outputs == ("memory",)
    session.close()
    assert memory.sentences == ["One here.", "Two here."]
    assert session.state.faults == ()
    assert not session.state.stopped


def test_the_last_one_that_a_person_closes_ends_what_is_read() -> None:
    session = quick_session([ClosedByHand()])
    session.enqueue(passage("One here. Two here."))
    assert session.wait_until_idle(10)
    session.close()
    assert session.state.stopped
    assert session.state.faults == ()


class Heard(MemoryOutput):
    """Has a sound in the room."""

    name = "heard"
    is_heard = True


class Yielding(MemoryOutput):
    """Notes when it had to be silent."""

    name = "yielding"

    def __init__(self) -> None:
        super().__init__()
        self.told: list[bool] = []

    def give_way(self, is_other_heard: bool) -> None:
        self.told.append(is_other_heard)


def test_an_output_that_comes_later_is_silenced_or_silences_and_goes_again(performance: Performance) -> None:
    yielding, heard = Yielding(), Heard()
    together, faults = opened(yielding)
    orders = Orders(quick_cast())
    list(together.play(performance, orders))
    together.admit(heard)
    list(together.play(performance, orders))
    assert heard.frame_count > 30
    together.dismiss("heard")
    list(together.play(performance, orders))
    assert together.names == ("yielding",)
    assert yielding.told == [False, True, False]
    assert heard.closed is True
    assert not faults
