"""Films that are still being made in, what is to become of them when the panel closes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Label, Static

KEEP, GIVE_UP = "keep", "give-up"


class LeaveScreen(ModalScreen[str | None]):
    """Ends with KEEP, GIVE_UP, or None where the panel is to stay."""

    HELP = "A film is still being made. Let it be made on without the panel, give it up, or stay (Escape)."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "stay"),
        Binding("right,down", "app.focus_next", "next", show=False),
        Binding("left,up", "app.focus_previous", "previous", show=False),
    ]

    def __init__(self, films: Sequence[str]) -> None:
        """films: what to say of each, in words."""
        super().__init__()
        self._films = films

    def compose(self) -> ComposeResult:
        """What is being made, and three ways on."""
        with Vertical(classes="dialog"):
            yield Label("Still being made", classes="title")
            yield Static("\n".join(self._films), markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Make it to the end", variant="primary", compact=True, id=KEEP)
                yield Button("Give it up", compact=True, id=GIVE_UP)
                yield Button("Stay", compact=True, id="stay")
            yield Static("Made to the end without the panel, it is told of by the next one.", classes="hint")

    @on(Button.Pressed)
    def _chosen(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id if event.button.id != "stay" else None)
