"""An address, a file's name, the clipboard or words of one's own in, what is to be read out."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import ClassVar

import platformdirs
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from narrator.places import from_anywhere
from tui.line_input import LineInput
from tui.messages import NewsCame

FILE_NAME = re.compile(r"^[/~]|\.[A-Za-z0-9]{2,5}$")


class AddScreen(ModalScreen[str | None]):
    """Ends with the source to read, or None."""

    HELP = "Name an address or a file to read, take the clipboard, or write words of your own. Escape leaves it."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "leave")]

    def compose(self) -> ComposeResult:
        """One line and four ways to use it."""
        with Vertical(classes="dialog"):
            yield Label("Read what?", classes="title")
            yield LineInput(placeholder="https://..., a file (.html .pdf .txt .md), or your own words", id="source")
            with Horizontal(classes="buttons"):
                yield Button("Address or file", variant="primary", compact=True, id="named")
                yield Button("These words", compact=True, id="words")
                yield Button("Clipboard", compact=True, id="clipboard")
            yield Static("Long texts: paste them anywhere in the panel.", classes="hint")

    @on(Input.Submitted)
    def _entered(self) -> None:
        """By the person's words, or as what they name."""
        self._words() if are_words(self.query_one(LineInput).value) else self._named()

    @on(Button.Pressed, "#named")
    def _named(self) -> None:
        line = self.query_one(LineInput).value.strip().strip("'\"")
        self.dismiss(from_anywhere(line) if line else None)

    @on(Button.Pressed, "#words")
    def _words(self) -> None:
        line = self.query_one(LineInput).value.strip()
        try:
            self.dismiss(kept_text(line) if line else None)
        except OSError as fault:
            self.app.post_message(NewsCame(f"The words could not be kept: {fault}", is_fault=True))
            self.dismiss(None)

    @on(Button.Pressed, "#clipboard")
    def _clipboard(self) -> None:
        self.dismiss("clipboard")


def are_words(line: str) -> bool:
    """Whether a line is to be read as it stands: several words, and neither an address nor a file's name."""
    named = line.strip().strip("'\"")
    return len(named.split()) > 1 and "://" not in named and not FILE_NAME.search(named) and not os.path.exists(named)


def kept_text(text: str, folder: Path | None = None) -> str:
    """Writes the words into a file of the user's cache and names it: so they can be read, exported and read again."""
    folder = folder or platformdirs.user_cache_path("narrator", appauthor=False) / "typed"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = " ".join("".join(letter if letter.isalnum() else " " for letter in text[:60]).split()[:5]) or "words"
    file = folder / f"{name} {time.strftime('%H.%M.%S')}.txt"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return str(file)
