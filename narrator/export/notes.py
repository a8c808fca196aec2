"""What our own parts log while a document is worked on in, lines for its report out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

OURS = ("narrator", "readers", "avatar")


@contextmanager
def noted(source: str = "") -> Iterator[list[str]]:
    """The list fills with warnings, each once, while the block runs; none of them reaches standard error.

    source: left out where a warning begins with it, since the report names it anyway.
    """
    handler = _Lines(source)
    loggers = [logging.getLogger(name) for name in OURS]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield handler.lines
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate = was


class _Lines(logging.Handler):
    def __init__(self, source: str) -> None:
        super().__init__(logging.WARNING)
        self._prefix = f"{source}: "
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().removeprefix(self._prefix).split())
        if line not in self.lines:
            self.lines.append(line)
