"""What is read in, the name of the film to be made of it out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from narrator.assemble import FILM_SUFFIX
from narrator.places import named_path
from tui.line_input import LineInput
from tui.news import name_of


class ExportScreen(ModalScreen[str | None]):
    """Ends with a file's name, or None."""

    HELP = "The film's name, ending in .mp4. What is read and what waits goes into it, each from its beginning."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "leave")]

    def __init__(self, state: Mapping[str, Any]) -> None:
        super().__init__()
        self._state = state

    def compose(self) -> ComposeResult:
        """A line and a button."""
        more = len(self._state["waiting"])
        words = f"{name_of(self._state)}" + (f" and {more} more that wait" if more else "")
        with Vertical(classes="dialog"):
            yield Label("Make a film", classes="title")
            yield Static(f"Of: {words}", markup=False)
            yield LineInput("FILE.mp4", value=str(free_name()), id="film-name")
            with Horizontal(classes="buttons"):
                yield Button("Make it", variant="primary", compact=True)
            yield Static("The narration goes on meanwhile.", classes="hint")

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _chosen(self) -> None:
        """A name without an ending gets ours; one with another ending stays to be mended."""
        name = self.query_one(LineInput).value.strip()
        film = named_path(name if Path(name).suffix else f"{name}{FILM_SUFFIX}")
        if name and film.suffix.lower() != FILM_SUFFIX:
            self.query_one(".hint", Static).update(f"A film's name ends in {FILM_SUFFIX}, not in {film.suffix}.")
            return
        self.dismiss(str(film) if name else None)


def free_name() -> Path:
    """One that is not taken, in the folder the panel was started in."""
    names = (Path(f"narration{'' if number == 1 else f'-{number}'}.mp4") for number in count(1))
    return next(film for film in names if not film.exists() and not begun(film).exists())


def begun(film: Path) -> Path:
    """The file that is there while that film is being made."""
    return film.with_suffix(f".part{film.suffix}")
