"""The presenters there are in, a picture of each to choose from, and the chosen one's name, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid, Vertical, VerticalScroll
from textual.events import Click
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Label

from tui.face_view import Picture, half_blocks, picture_of
from tui.stills import Stills

SIDE_CELLS = 24
STILL_PX = 256
"""Of a picture where the terminal shows real ones."""
DRAWING = "drawing ..."
Fetch = Callable[..., None]
"""Follows tui.conductor.Conductor.fetch."""


class Portrait(Widget):
    """A small picture in half blocks."""

    DEFAULT_CSS = "Portrait { height: 12; }"

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None

    def show(self, picture: Picture) -> None:
        """It has come."""
        self._picture = picture
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Two rows of pixels."""
        width = self.size.width
        if self._picture is not None:
            return half_blocks(self._picture, y, width, self.rich_style)
        words = DRAWING.center(width) if y == SIDE_CELLS // 4 else " " * width
        return Strip([Segment(words[:width], self.rich_style)]).adjust_cell_length(width, self.rich_style)


class FaceCard(Vertical, can_focus=True):
    """One presenter: a picture, and the name below it."""

    HELP = "A presenter. Enter or a click chooses it, arrows and Tab move to others."

    def __init__(self, name: str, words: str, is_chosen: bool, stills: Stills | None) -> None:
        super().__init__(classes="face-card", name=name)
        self._words = f"{'● ' if is_chosen else ''}{words.partition(';')[0] or name}"
        self._stills = stills
        self._portrait = stills.widget(classes="still") if stills else Portrait()
        self.is_painted = False

    def compose(self) -> ComposeResult:
        """The one above the other."""
        yield self._portrait
        yield Label(self._words, markup=False)

    def show(self, told: Mapping[str, Any]) -> None:
        """Its picture has come."""
        picture = picture_of(told, is_coarse=self._stills is None)
        if picture is None:
            return
        if self._stills is not None:
            self._stills.paint(self._portrait, picture)
        elif isinstance(self._portrait, Portrait):
            self._portrait.show(picture)
        self.is_painted = True

    def on_click(self, event: Click) -> None:
        """Chosen."""
        self.screen.dismiss(self.name)


class FacesScreen(Screen[str | None]):
    """Ends with a presenter's name, or None."""

    HELP = "Choose the face that speaks. Arrows and Tab move, Enter chooses, Escape leaves all as it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "leave"),
        Binding("enter", "choose", "choose"),
        Binding("right,down", "app.focus_next", "next", show=False),
        Binding("left,up", "app.focus_previous", "previous", show=False),
    ]

    def __init__(self, fetch: Fetch, chosen: str, stills: Stills | None) -> None:
        super().__init__()
        self._stills = stills
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
        cards = [FaceCard(name, words, name == chosen, self._stills) for name, words in offered]
        self.query_one("#faces").mount_all(cards)
        for card in cards:
            self._fetch("portrait", card.show, name=card.name, side_px=STILL_PX if self._stills else SIDE_CELLS)
            if card.name == chosen:
                self.call_after_refresh(card.focus)
