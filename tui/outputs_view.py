"""The outputs there are in, a switch for each with its state, and the line that mends what cannot be had, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label, Static

from tui.line_input import LineInput
from tui.messages import Asked

FILM = "film"


class OutputRow(Vertical):
    """One output."""

    def __init__(self, told: Mapping[str, Any], opened: str) -> None:
        """opened: the name it is open by, empty while it is shut."""
        super().__init__(classes="output")
        self.told = told
        self._opened = opened

    def compose(self) -> ComposeResult:
        """Name, button, and what is to be known."""
        with Horizontal(classes="row"):
            yield Label(self.kind, classes="name")
            yield Button(compact=True)
        if self.kind == FILM:
            yield LineInput("FILE.mp4", value="narration.mp4", id="film")
        yield Static(classes="meaning", markup=False)

    def on_mount(self) -> None:
        """As it was told."""
        self._paint()

    @property
    def kind(self) -> str:
        """window, camera or film."""
        return str(self.told["name"])

    def show(self, told: Mapping[str, Any], opened: str) -> None:
        """As it is now."""
        self.told, self._opened = told, opened
        if self.is_mounted:
            self._paint()

    def _paint(self) -> None:
        button = self.query_one(Button)
        button.label = "Shut" if self._opened else "Open"
        button.disabled = not (self.told["works"] or self._opened)
        self.query_one(".meaning", Static).update(self._words())
        for line in self.query(LineInput):
            line.display = not self._opened

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self._opened:
            self.post_message(Asked("shut", {"target": self._opened}))
        else:
            target = self.query_one(LineInput).value.strip() if self.kind == FILM else self.kind
            self.post_message(Asked("open", {"target": target}, f"Opening {target} with the next words."))

    def _words(self) -> str:
        if self._opened:
            return f"open: {self._opened}"
        mend = f" What helps: {self.told['mend']}" if self.told["mend"] else ""
        state = "can be opened" if self.told["works"] else "cannot be had"
        return f"{state}: {self.told['detail']}.{mend}"


class OutputsView(VerticalScroll):
    """Window, camera and film."""

    HELP = "Where the narration is shown. Open or shut each; where one cannot be had, it says why and what mends it."

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._kinds: Sequence[Mapping[str, Any]] = ()
        self._open: tuple[str, ...] = ()

    def show(self, kinds: Sequence[Mapping[str, Any]]) -> None:
        """The kinds there are."""
        self._kinds = kinds
        self._show()

    def show_open(self, names: Sequence[str]) -> None:
        """Which are open."""
        if tuple(names) != self._open:
            self._open = tuple(names)
            self._show()

    def _show(self) -> None:
        """In the rows there are, so that what is chosen stays chosen."""
        rows = {row.kind: row for row in self.query(OutputRow)}
        for kind in self._kinds:
            name = str(kind["name"])
            opened = next((one for one in self._open if one == name or (name == FILM and one.endswith(".mp4"))), "")
            if name in rows:
                rows[name].show(kind, opened)
            else:
                self.mount(OutputRow(kind, opened))
