"""Places on the panel in, a letter over each, and the place whose letter was pressed, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.events import Click, Key
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Label


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go by one letter."""

    letter: str
    name: str
    """Of tui/actions.py, or the id of a part."""
    offset: Offset
    """Of its upper left corner, in cells."""


class JumpScreen(ModalScreen[str | None]):
    """Ends with the chosen place's name, or None where another key was pressed."""

    HELP = "Press the letter that stands over a part of the panel to go there; any other key leaves."

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self._places = places

    def compose(self) -> ComposeResult:
        """One letter each."""
        for place in self._places:
            label = Label(f" {place.letter} ", classes="jump")
            label.absolute_offset = place.offset
            yield label

    def on_key(self, event: Key) -> None:
        """Chooses."""
        event.stop()
        event.prevent_default()
        self.dismiss(next((place.name for place in self._places if place.letter == event.key), None))

    def on_click(self, event: Click) -> None:
        """Leaves."""
        self.dismiss(None)
