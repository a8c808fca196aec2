"""An export's progress in, what people and logs see of it out: a bar, plain lines, or JSON lines."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from narrator.cli.printing import as_json, say

if TYPE_CHECKING:
    from narrator.export.document import Document
    from narrator.export.progress import Progress

LINE_EVERY_S = 10.0
"""Between two lines of a log; what happens to a document is told at once."""
HOUR_S, MINUTE_S = 3600, 60


def reporter(*, plain: bool, as_json: bool) -> ExportReporter:
    """The way to report that fits."""
    if as_json:
        return JsonReporter()
    return LineReporter() if plain else BarReporter()


class ExportReporter(AbstractContextManager["ExportReporter"]):
    """Told the progress often, and each document that has come to its end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __call__(self, progress: Progress, document: Document | None) -> None:
        """Shows it."""
        raise NotImplementedError


class LineReporter(ExportReporter):
    """One line for each document, and one now and then."""

    def __init__(self) -> None:
        self._next_s = time.monotonic() + LINE_EVERY_S

    def __call__(self, progress: Progress, document: Document | None) -> None:
        """A line for what has happened."""
        if document is not None:
            self._document(progress, document)
        elif time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + LINE_EVERY_S
            self._now(progress)

    def _document(self, progress: Progress, document: Document) -> None:
        why = f" ({document.why})" if document.why else ""
        say(f"{progress.ended}/{progress.documents} {document.state}: {document.source}{why}")

    def _now(self, progress: Progress) -> None:
        say(in_words(progress))


class JsonReporter(LineReporter):
    """The same, each line an object."""

    def _document(self, progress: Progress, document: Document) -> None:
        told = {"source": document.source, "state": document.state, "film": document.name, "why": document.why}
        say(as_json({"event": "document", **told}))

    def _now(self, progress: Progress) -> None:
        say(as_json({"event": "progress", **progress.as_dict()}))


class BarReporter(ExportReporter):
    """A bar over all documents, with what was made below it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._bars = Progress(BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True))
        self._task = self._bars.add_task("", total=1.0)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def __call__(self, progress: Progress, document: Document | None) -> None:
        """Moves the bar."""
        share = (progress.letters_there + progress.letters_drawn) / max(1, progress.letters)
        done = progress.ended + share * max(0, progress.known - progress.made - progress.failed)
        share = min(1.0, done / max(1, progress.documents))
        self._bars.update(self._task, completed=share, description=in_words(progress))


def in_words(progress: Progress) -> str:
    """One line for people."""
    words = [
        f"{progress.ended} of {progress.documents} documents",
        f"{progress.sections_there + progress.sections_drawn} of {progress.sections} sections",
        f"{progress.seconds_drawn / MINUTE_S:.1f} min of film",
    ]
    if progress.failed:
        words.insert(1, f"{progress.failed} failed")
    if progress.speed is not None:
        words.append(f"{progress.speed:.1f} times real time")
    if progress.left_s is not None:
        words.append(f"{_span(progress.left_s)} left")
    return ", ".join(words)


def _span(seconds: float) -> str:
    if seconds >= HOUR_S:
        return f"{seconds / HOUR_S:.1f} h"
    return f"{seconds / MINUTE_S:.0f} min" if seconds >= MINUTE_S else f"{seconds:.0f} s"
