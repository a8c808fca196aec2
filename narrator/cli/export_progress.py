"""An export's progress in, what people and logs see of it out: a bar, plain lines, or JSON lines."""

from __future__ import annotations

import logging
import time
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from narrator.cli.printing import as_json, say
from narrator.export.report import of_document

if TYPE_CHECKING:
    from narrator.export.document import Document
    from narrator.export.progress import Progress
    from narrator.export.run import Export

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

    def end(self, export: Export, page: Path) -> None:
        """What failed, what a person should know, and where the films are."""
        told: dict[str, list[str]] = {}
        for document in export.documents:
            if self._was_told(document):
                continue
            told.setdefault(document.why or "; ".join(document.notes), []).append(document.source)
        told.pop("", None)
        for why, sources in told.items():
            more = f" and {len(sources) - 1} more" if sources[1:] else ""  # a full disk is one line, not a thousand
            say(f"narrator: {sources[0]}{more}: {why}")
        done = export.progress
        if done.failed:
            some = "1 document" if done.failed == 1 else f"{done.failed} documents"
            say(f"narrator: {some} of {done.documents} failed; the same command tries them again")
        if done.made + done.kept:
            say(f"narrator: to watch: {page}")

    def _was_told(self, document: Document) -> bool:
        """Whether its own line has said what a person should know of it."""
        return False


class LineReporter(ExportReporter):
    """One line for each document, and one now and then."""

    def __init__(self) -> None:
        self._told: set[Document] = set()
        self._next_s = time.monotonic() + LINE_EVERY_S

    def __call__(self, progress: Progress, document: Document | None) -> None:
        """A line for what has happened."""
        if document is not None:
            self._told.add(document)
            self._document(progress, document)
        elif time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + LINE_EVERY_S
            self._now(progress)

    def _was_told(self, document: Document) -> bool:
        return document in self._told

    def _document(self, progress: Progress, document: Document) -> None:
        why = "; ".join([document.why] if document.why else document.notes)
        say(f"{progress.ended}/{progress.documents} {document.state}: {document.source}{why and f' ({why})'}")

    def _now(self, progress: Progress) -> None:
        say(in_words(progress))


class JsonReporter(LineReporter):
    """The same, each line an object; warnings too, so that a log holds nothing else."""

    def __enter__(self) -> Self:
        self._before = logging.getLogger().handlers[:]
        logging.getLogger().handlers[:] = [_JsonWarnings(logging.WARNING)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().handlers[:] = self._before

    def _document(self, progress: Progress, document: Document) -> None:
        say(as_json({"event": "document", **of_document(document)}))

    def _now(self, progress: Progress) -> None:
        say(as_json({"event": "progress", **progress.as_dict()}))

    def end(self, export: Export, page: Path) -> None:
        """The last line."""
        say(as_json({"event": "end", "page": str(page), **export.progress.as_dict()}))


class _JsonWarnings(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        say(as_json({"event": "warning", "text": " ".join(record.getMessage().split())}))


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
    if not progress.workers:
        words.append("waiting for workers")
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
