"""A performance in, played on all open outputs in step; one that fails is named and left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from narrator.errors import OutputError
from narrator.flow import Viewport
from narrator.session_state import Fault
from narrator.stages import Control, Output, Performance, Steering, SteeringOutput


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
        """Plays it through on all, the one that is furthest behind next, yielding the position of that one."""
        playing = {output: output.play(performance, control) for output in self._open}
        position_s = dict.fromkeys(playing, -math.inf)
        try:
            while playing:
                last = min(playing, key=position_s.__getitem__)
                try:
                    position_s[last] = next(playing[last])
                except StopIteration:
                    del playing[last]
                    continue
                except OutputError as fault:
                    del playing[last]
                    self._drop(last, fault)
                    continue
                yield position_s[last]
        finally:
            for frames in playing.values():
                _close(frames)

    def close(self, *, completed: bool) -> None:
        """Closes what is open, each exactly once."""
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
