"""The presenters there are in, a picture of each to choose from, and the chosen one's name, out."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid, VerticalScroll
from textual.events import Click
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label

from tui.face_view import Picture, half_blocks, picture_of

SIDE_CELLS = 24
DRAWING = "drawing ..."
Fetch = Callable[..., None]
"""Follows tui.conductor.Conductor.fetch."""


class FaceCard(Widget, can_focus=True):
    """One presenter: a picture, and the name below it."""

    HELP = "A presenter. Enter or a click chooses it, arrows and Tab move to others."

    def __init__(self, name: str, words: str, is_chosen: bool) -> None:
        super().__init__(classes="face-card", name=name)
        self._words = f"{'● ' if is_chosen else ''}{words.partition(';')[0] or name}"
        self._picture: Picture | None = None

    def show(self, told: Mapping[str, Any]) -> None:
        """Its picture has come."""
        self._picture = picture_of(told)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Rows of the picture, then the words."""
        width = self.size.width
        if y < SIDE_CELLS // 2:
            if self._picture is None:
                words = DRAWING.center(width) if y == SIDE_CELLS // 4 else " " * width
                return Strip([Segment(words[:width], self.rich_style)]).adjust_cell_length(width, self.rich_style)
            return half_blocks(self._picture, y, width, self.rich_style)
        rows = [*textwrap.wrap(self._words, max(1, width)), "", ""]
        text = Segment(rows[y - SIDE_CELLS // 2], self.rich_style) if y - SIDE_CELLS // 2 < len(rows) else Segment("")
        return Strip([text]).adjust_cell_length(width, self.rich_style)

    def on_click(self, event: Click) -> None:
        """Chosen."""
        self.screen.dismiss(self.name)


class FacesScreen(ModalScreen[str | None]):
    """Ends with a presenter's name, or None."""

    HELP = "Choose the face that speaks. Arrows and Tab move, Enter chooses, Escape leaves all as it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "leave"),
        Binding("enter", "choose", "choose"),
        Binding("right,down", "app.focus_next", "next", show=False),
        Binding("left,up", "app.focus_previous", "previous", show=False),
    ]

    def __init__(self, fetch: Fetch, chosen: str) -> None:
        super().__init__()
        self._fetch = fetch
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Filled once they are known."""
        yield Label("Who speaks?   (Enter: this one, Escape: leave)", classes="title")
        with VerticalScroll(can_focus=False):
            yield ItemGrid(min_column_width=SIDE_CELLS, id="faces")

    def on_mount(self) -> None:
        """Asks who there is."""
        self._fetch("offered", self._show, name="presenter")

    def action_choose(self) -> None:
        """The card in focus."""
        if isinstance(self.focused, FaceCard):
            self.dismiss(self.focused.name)

    def _show(self, told: Mapping[str, Any]) -> None:
        offered = told["offered"]
        chosen = self._chosen or next((name for name, _ in offered), "")
        cards = [FaceCard(name, words, name == chosen) for name, words in offered]
        self.query_one("#faces").mount_all(cards)
        for card in cards:
            self._fetch("portrait", card.show, name=card.name, side_px=SIDE_CELLS)
            if card.name == chosen:
                self.call_after_refresh(card.focus)
