"""Outputs play in step; a failing one is closed, named and left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from narrator.errors import OutputError
from narrator.flow import Sentence, Viewport
from narrator.outputs.memory import MemoryOutput
from narrator.session_orders import Orders
from narrator.session_outputs import OutputSet
from narrator.session_state import Fault
from narrator.stages import Control, Output, Performance, Steering
from tests.narrator.quick_narration import SMALL, nothing_there, quick_cast, quick_session


class Quiet:
    """Nobody steers."""

    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def stop(self) -> None: ...
    def next(self) -> None: ...
    def previous(self) -> None: ...
    def replay(self) -> None: ...


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
