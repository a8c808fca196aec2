"""A performance in, played on all open outputs in step; one that fails is named and left out."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from narrator.errors import Cancelled, OutputError
from narrator.flow import Viewport
from narrator.session_state import Fault
from narrator.stages import (
    Control,
    HeardOutput,
    LivingOutput,
    Output,
    Performance,
    Steering,
    SteeringOutput,
    WaitingFace,
    YieldingOutput,
)

EARLY_RATE_HZ = 22_050
"""Of outputs that open before the first sound is known: the default voice's; others are resampled."""
LEAD_S = 0.1
"""How far one output may be ahead of another that plays the same sentence."""


class OutputSet:
    """The outputs of one session; only its worker's thread uses them, but for admit(), dismiss() and count."""

    def __init__(self, outputs: Sequence[Output], report: Callable[[Fault], None]) -> None:
        self._unopened = list(outputs)
        self._open: list[Output] = []
        self._arriving: deque[Output] = deque()
        self._leaving: deque[str] = deque()
        self._steering: Steering | None = None
        self._face: WaitingFace | None = None
        self._report = report
        self.rate_hz = 0
        """Of the sound the outputs were opened for; 0 before."""
        self.viewport: Viewport | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The outputs that are open."""
        return tuple(output.name for output in self._open)

    @property
    def count(self) -> int:
        """How many are open; any thread may ask."""
        return len(self._open)

    def admit(self, output: Output) -> None:
        """One more from the next performance on; any thread may ask."""
        self._arriving.append(output)

    def dismiss(self, name: str) -> None:
        """That one is closed, whole, before the next performance; any thread may ask."""
        self._leaving.append(name)

    def open(self, viewport: Viewport, rate_hz: int, steering: Steering, face: WaitingFace | None = None) -> None:
        """Opens them all, once; face is whom they may show while nothing is said."""
        if self.viewport is not None:
            return
        self.viewport, self.rate_hz = viewport, rate_hz
        self._steering, self._face = steering, face
        while self._unopened:
            self._open_one(self._unopened.pop(0), viewport)

    def _open_one(self, output: Output, viewport: Viewport) -> None:
        if isinstance(output, SteeringOutput) and self._steering is not None:
            output.attach(self._steering)
        if isinstance(output, LivingOutput) and self._face is not None:
            output.attach_face(self._face)
        self._open.append(output)
        try:
            output.open(viewport, self.rate_hz)
        except OutputError as fault:
            self._drop(output, fault)

    def _follow_wishes(self) -> None:
        """Those that were dismissed go, those that were admitted come."""
        while self._leaving:
            name = self._leaving.popleft()
            for output in [output for output in self._open if output.name == name]:
                self._open.remove(output)
                self._close_whole(output)
        while self._arriving and self.viewport is not None:
            self._open_one(self._arriving.popleft(), self.viewport)
        yielding = [output for output in self._open if isinstance(output, YieldingOutput)]
        is_heard = any(isinstance(one, HeardOutput) and one.is_heard for one in self._open if one not in yielding)
        for output in yielding:
            output.give_way(is_heard)

    def _close_whole(self, output: Output, *, completed: bool = True) -> None:
        try:
            output.close(completed=completed)
        except OutputError as fault:
            self._report(Fault("output", output.name, str(fault)))

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Plays it through on all, a step each in turn, yielding how far the first of them has come.

        One that is ahead waits, so that a film never holds more than was heard; one that is too slow for a live one
        beside it catches up when that has ended, so that the live one is never held back by more than a step.
        """
        self._follow_wishes()
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
                except (OutputError, Cancelled) as fault:  # it failed, or a person closed it
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
        waiting, self._unopened = [*self._unopened, *self._arriving], []
        self._arriving.clear()
        for output in waiting:
            output.close(completed=False)
        while self._open:
            self._close_whole(self._open.pop(), completed=completed)

    def _drop(self, output: Output, reason: OutputError | Cancelled) -> None:
        self._open.remove(output)
        if isinstance(reason, OutputError):
            self._report(Fault("output", output.name, str(reason)))
        try:
            output.close(completed=False)
        except OutputError as second:
            self._report(Fault("output", output.name, str(second)))


def _close(frames: Iterator[float]) -> None:
    """Ends an output's play at once where it is a generator; other iterators end by Control."""
    close = getattr(frames, "close", None)
    if close is not None:
        close()
