"""The narration's face in, moving in half blocks or, where the terminal can, as a still picture, out; or away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Resize
from textual.widget import Widget

from tui.face_view import FaceView, picture_of
from tui.stills import Stills

MOVING, STILL, AWAY = "moving", "still", "away"
SAID = {
    MOVING: "The face moves.",
    STILL: "The face as a still picture; v takes it away.",
    AWAY: "The face is not shown here; v brings it back.",
}
STILL_PX = 384
"""Asked for; the terminal makes it as large as there is room."""
CELL_RATIO = 2
"""Height over width of a cell."""
Fetch = Callable[..., None]
"""Follows tui.conductor.Conductor.fetch."""


class Sight(Vertical):
    """Where the face is."""

    def __init__(self, fetch: Fetch, stills: Stills | None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fetch = fetch
        self._stills = stills
        self._still: Widget | None = None

    def compose(self) -> ComposeResult:
        """Both; one is shown at a time."""
        yield FaceView(id="face")
        if self._stills is not None:
            self._still = self._stills.widget(id="still")
            self._still.display = False
            yield self._still

    def after(self, way: str) -> str:
        """The next way of showing it that this terminal knows."""
        ways = (MOVING, STILL, AWAY) if self._stills else (MOVING, AWAY)
        return ways[(ways.index(way) + 1) % len(ways)] if way in ways else MOVING

    def turn(self, way: str, *, has_room: bool) -> None:
        """So it is shown from now on, as long as there is room."""
        is_still = way == STILL and self._still is not None
        self.display = has_room and way != AWAY
        self.query_one(FaceView).turn(self.display and not is_still)
        if self._still is not None and self._still.display != (self.display and is_still):
            self._still.display = self.display and is_still
            self.renew()

    def renew(self) -> None:
        """The presenter may be another one than before."""
        if self._still is not None and self._still.display:
            self._fetch("settings", self._ask)

    def on_resize(self, event: Resize) -> None:
        """A still is square."""
        if self._still is not None:
            side = min(self.size.height, self.size.width // CELL_RATIO)
            self._still.styles.width, self._still.styles.height = CELL_RATIO * side, side

    def _ask(self, told: Mapping[str, Any]) -> None:
        name = next(str(one["value"]) for one in told["settings"] if one["name"] == "presenter")
        self._fetch("portrait", self._paint, name=name, side_px=STILL_PX)

    def _paint(self, told: Mapping[str, Any]) -> None:
        picture = picture_of(told, is_coarse=False)
        if self._stills is not None and self._still is not None and picture is not None:
            self._stills.paint(self._still, picture)
