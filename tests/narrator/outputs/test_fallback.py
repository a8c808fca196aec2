"""Where the first output cannot be opened, or fails, the second goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from narrator.errors import OutputError
from narrator.flow import Viewport
from narrator.outputs.fallback import WithFallback
from narrator.outputs.memory import MemoryOutput
from narrator.stages import Control, Performance
from tests.contracts.controls import HandControl

Make = Callable[..., Any]


class Failing(MemoryOutput):
    """Fails when it is opened, or at its fifth frame."""

    name = "failing"

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self._at_once = at_once

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        if self._at_once:
            raise OutputError("a camera", "there is none", "Buy one.")
        super().open(viewport, rate_hz)

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        for position_s in super().play(performance, control):
            if self.frame_count == 5:
                raise OutputError("a camera", "it has gone", "Look for it.")
            yield position_s


@pytest.mark.parametrize("at_once", [True, False])
def test_the_second_plays_the_whole_sentence(at_once: bool, make_performance: Make) -> None:
    first, second = Failing(at_once=at_once), MemoryOutput()
    output = WithFallback(first, lambda: second)
    output.open(Viewport(64, 48), 22_050)
    list(output.play(make_performance(), HandControl()))
    output.close(completed=True)
    assert output.name == "memory"
    assert second.frame_count > 30
    assert first.closed is False
    assert second.closed is True


def test_while_the_first_works_the_second_is_never_made(make_performance: Make) -> None:
    first = MemoryOutput()
    output = WithFallback(first, lambda: pytest.fail("nobody needs it"))
    output.open(Viewport(64, 48), 22_050)
    list(output.play(make_performance(), HandControl()))
    output.close(completed=True)
    assert first.closed is True


def test_where_neither_can_be_had_the_first_fault_is_told() -> None:
    def no_screen() -> Any:
        raise OutputError("a screen", "there is none", "Buy one.")

    output = WithFallback(Failing(at_once=True), no_screen)
    with pytest.raises(OutputError, match="a camera"):
        output.open(Viewport(64, 48), 22_050)
