"""States of a session in, progress for people out: a bar on a terminal, else one line per event."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from narrator.cli.printing import say

if TYPE_CHECKING:
    from narrator.assemble import State

LINE_EVERY = 0.1
"""A plain line for each tenth of an export."""
FIRST_GUESS_S = 1.0
"""Before this, the time left would be a wild guess."""


def reporter(*, is_exporting: bool, plain: bool, is_painted_over: bool = False) -> Reporter:
    """The way to report that fits; none where the terminal shows a face, which lines would tear."""
    if is_painted_over and not plain:
        return QuietReporter()
    if is_exporting and not plain:
        return BarReporter()
    return LineReporter(is_exporting)


class Reporter(AbstractContextManager["Reporter"]):
    """Told every state; ends its display when the block ends."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __call__(self, state: State) -> None:
        """Shows it."""
        raise NotImplementedError


class QuietReporter(Reporter):
    """Nothing: what happens can be seen."""

    def __call__(self, state: State) -> None:
        """Passes it over."""


class TimeLeft:
    """A share done in, the seconds left out, by rule of three."""

    def __init__(self) -> None:
        self._start_s = time.monotonic()

    def seconds(self, share: float) -> float | None:
        """None while it cannot be known."""
        gone_s = time.monotonic() - self._start_s
        return None if share <= 0 or gone_s < FIRST_GUESS_S else gone_s * (1 - share) / share


class LineReporter(Reporter):
    """One line per event."""

    def __init__(self, is_exporting: bool) -> None:
        self._is_exporting = is_exporting
        self._number = 0
        self._sentence = (0, -1, "")
        self._paused = False
        self._next_share = LINE_EVERY
        self._left = TimeLeft()

    def __call__(self, state: State) -> None:
        """A line for a new source, a new sentence, a pause, and each tenth of an export."""
        if state.number != self._number and (state.title or state.sentence):
            self._number, self._next_share, self._left = state.number, LINE_EVERY, TimeLeft()
            say(f"reading: {state.title or state.source}")
            if state.resumed_at:
                say(f"going on at sentence {state.resumed_at + 1}, where it was left; --from-start begins again")
        paused = state.status == "paused"
        if paused != self._paused:
            self._paused = paused
            say("paused" if paused else "going on")
        if self._is_exporting:
            self._tell_progress(state)
        elif state.sentence and (state.number, state.sentence_index, state.sentence) != self._sentence:
            self._sentence = (state.number, state.sentence_index, state.sentence)
            say(f"{state.sentence_index + 1}: {state.sentence}")

    def _tell_progress(self, state: State) -> None:
        if state.progress is None or state.progress < self._next_share:
            return
        self._next_share = state.progress // LINE_EVERY * LINE_EVERY + LINE_EVERY
        left_s = self._left.seconds(state.progress)
        tail = "" if left_s is None else f", {left_s:.0f} s left"
        say(f"exporting: {state.progress * 100:.0f} %{tail}")


class BarReporter(Reporter):
    """A bar with the time left, on standard error."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task("opening", total=None)
        self._number = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, state: State) -> None:
        """Moves the bar; a new source begins it anew."""
        if state.number != self._number:
            self._number = state.number
            self._progress.reset(self._task, total=None)
        name = " ".join((state.title or state.source).split())
        share = state.progress
        self._progress.update(
            self._task, description=name[:40] or "opening", total=None if share is None else 1.0, completed=share or 0.0
        )
