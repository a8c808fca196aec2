"""What every live screen promises: pictures and signs in, wishes and the person's commands out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from narrator.flow import Caption, RgbImage, Viewport
from narrator.outputs.caption_style import CaptionStyle

COMMANDS = ("pause", "resume", "stop", "next", "previous", "replay")
"""What a screen's buttons and keys ask for: the names of the session's own orders."""


@dataclass(frozen=True, slots=True)
class View:
    """The picture a screen wants now."""

    viewport: Viewport
    captions: CaptionStyle = field(default_factory=CaptionStyle)
    """How captions are painted onto the picture; not at all where its scale is 0."""
    sharpness: float = 1.0
    """The picture is drawn this many times as large as it is shown."""


class Listener(Protocol):
    """Whom a screen tells what happens on it; from any thread, returning at once."""

    def commanded(self, command: str) -> None:
        """One of COMMANDS was pressed."""
        ...

    def closed(self) -> None:
        """The person closed it."""
        ...

    def showed(self, number: int, at_s: float) -> None:
        """That picture came onto the screen at that reading of time.perf_counter()."""
        ...

    def notify(self, text: str) -> None:
        """The person should be told this, in the screen's own notice line and in the log."""
        ...

    def wake(self) -> None:
        """Something has changed: look at the view again."""
        ...


class Screen(Protocol):
    """Where the pictures of a live narration go. The sound, the clock and the drawing are LiveOutput's."""

    def load(self) -> None:
        """Starts what takes time to start, and shows nothing yet. May be called again."""
        ...

    def open(self, viewport: Viewport, listener: Listener) -> None:
        """Gets it ready for pictures. Raises OutputError."""
        ...

    def view(self) -> View:
        """What it wants now; the pictures follow within a fraction of a second."""
        ...

    def show(self, picture: RgbImage, caption: Caption | None, word: int) -> int:
        """Hands over a finished picture, with what is said in it; returns its number, counted from 1."""
        ...

    def set_paused(self, paused: bool) -> None:
        """Says by a sign whether it is paused."""
        ...

    def notify(self, text: str) -> None:
        """Shows one line for a while, never over the mouth."""
        ...

    def raise_if_gone(self) -> None:
        """Raises Cancelled when the person closed it, OutputError when it failed."""
        ...

    def close(self) -> None:
        """Takes it away. May be called again, and without open()."""
        ...
