"""What our parts log in, lines in the panel out: nothing is written over its screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.messages import NewsCame

if TYPE_CHECKING:
    from tui.app import Panel


class _Teller(logging.Handler):
    def __init__(self, panel: Panel) -> None:
        super().__init__(logging.WARNING)
        self._panel = panel

    def emit(self, record: logging.LogRecord) -> None:
        """From any thread."""
        if self._panel.is_running:
            self._panel.post_message(NewsCame(record.getMessage()))


@contextmanager
def told_in(panel: Panel) -> Iterator[None]:
    """While it lasts, only the panel is told."""
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = [_Teller(panel)]
    try:
        yield
    finally:
        root.handlers[:] = before
