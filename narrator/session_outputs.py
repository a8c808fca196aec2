"""A performance in, played on all open outputs in step; one that fails is named and left out."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from narrator.errors import OutputError
from narrator.flow import Viewport
from narrator.session_state import Fault
from narrator.stages import Control, Output, Performance, Steering, SteeringOutput

LEAD_S = 0.1
"""How far one output may be ahead of another that plays the same sentence."""


class OutputSet:
    """The outputs of one session; only its worker's thread uses them."""

    def __init__(self, outputs: Sequence[Output], report: Callable[[Fault], None]) -> None:
        self._unopened = list(outputs)
        self._open: list[Output] = []
        self._report = report
        self._control: Control | None = None
        self.rate_hz = 0
        """Of the sound the outputs were opened for; 0 before."""
        self.viewport: Viewport | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The outputs that are open."""
        return tuple(output.name for output in self._open)

    def open(self, viewport: Viewport, rate_hz: int, steering: Steering) -> None:
        """Opens them all, once. Raises OutputError when none can be opened."""
        if self.viewport is not None:
            return
        self.viewport, self.rate_hz = viewport, rate_hz
        while self._unopened:
            output = self._unopened.pop(0)
            if isinstance(output, SteeringOutput):
                output.attach(steering)
            self._open.append(output)
            try:
                output.open(viewport, rate_hz)
            except OutputError as fault:
                self._drop(output, fault)

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Plays it through on all, a step each in turn, yielding how far the first of them has come.

        One that is ahead waits, so that a film never holds more than was heard; one that is too slow for a live one
        beside it catches up when that has ended, so that the live one is never held back by more than a step.
        """
        playing = deque((output, output.play(performance, control)) for output in self._open)
        position_s = {output: -math.inf for output, _ in playing}
        reached_s = -math.inf
        try:
            while playing:
                output, steps = playing[0]
                playing.rotate(-1)
                if position_s[output] > min(position_s[other] for other, _ in playing) + LEAD_S:
                    continue
                try:
                    position_s[output] = next(steps)
                except StopIteration:
                    playing.pop()
                    continue
                except OutputError as fault:
                    playing.pop()
                    self._drop(output, fault)
                    continue
                reached_s = max(reached_s, position_s[output])
                yield reached_s
        finally:
            for _, steps in playing:
                _close(steps)

    def close(self, *, completed: bool) -> None:
        """Closes them all, each exactly once, also those that nothing was ever played on."""
        waiting, self._unopened = self._unopened, []
        for output in waiting:
            output.close(completed=False)
        while self._open:
            output = self._open.pop()
            try:
                output.close(completed=completed)
            except OutputError as fault:
                self._report(Fault("output", output.name, str(fault)))

    def _drop(self, output: Output, fault: OutputError) -> None:
        self._open.remove(output)
        self._report(Fault("output", output.name, str(fault)))
        try:
            output.close(completed=False)
        except OutputError as second:
            self._report(Fault("output", output.name, str(second)))


def _close(frames: Iterator[float]) -> None:
    """Ends an output's play at once where it is a generator; other iterators end by Control."""
    close = getattr(frames, "close", None)
    if close is not None:
        close()
