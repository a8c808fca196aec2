"""Lines as they come in, a screen to read them on out: the doctor's findings and the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Label, RichLog
from textual.worker import get_current_worker

from narrator.errors import NarratorError

FAULT_MARK = "! "
"""Before a line that tells of a fault: never by colour alone."""


class LinesScreen(ModalScreen[None]):
    """Filled by a thread of its own, since its lines may take seconds to come."""

    HELP = "Lines to read. Arrows and Page keys move, Escape goes back."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "back")]

    def __init__(self, title: str, lines: Iterable[tuple[str, bool]], *, from_end: bool = False) -> None:
        """lines: (line, whether it is a fault); from_end shows the last ones first."""
        super().__init__()
        self._title = title
        self._lines = lines
        self._from_end = from_end

    def compose(self) -> ComposeResult:
        """A title and the lines."""
        yield Label(f"{self._title}   (Escape: back)", classes="title")
        yield RichLog(wrap=True, min_width=1, auto_scroll=self._from_end, id="lines")

    def on_mount(self) -> None:
        """Begins to fill it."""
        self.query_one(RichLog).focus()
        self._fill()

    @work(thread=True, exit_on_error=False)
    def _fill(self) -> None:
        worker = get_current_worker()
        try:
            for line, is_fault in self._lines:
                if worker.is_cancelled:
                    return
                self.app.call_from_thread(self.add, line, is_fault)
        except NarratorError as fault:
            self.app.call_from_thread(self.add, str(fault), True)

    def add(self, line: str, is_fault: bool) -> None:
        """One more."""
        if self.is_mounted:
            self.query_one(RichLog).write(Text(f"{FAULT_MARK}{line}", style="bold") if is_fault else Text(line))
