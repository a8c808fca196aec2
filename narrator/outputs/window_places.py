"""A screen in, where the window was on it out: kept in one small file across runs."""

from __future__ import annotations

import json
import os
from pathlib import Path

Rectangle = tuple[int, int, int, int]
"""Left, top, width, height in the screen's logical pixels."""
SCREENS_KEPT = 32


class WindowPlaces:
    """Remembers a rectangle for each screen. A file that cannot be read or written is as good as none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._screens: dict[str, Rectangle] = _read(path) if path else {}

    @property
    def last_screen(self) -> str:
        """Where it was seen last; empty before the first time."""
        return next(reversed(self._screens), "")

    def recall(self, screen: str) -> Rectangle | None:
        """Where it was on that screen."""
        return self._screens.get(screen)

    def remember(self, screen: str, place: Rectangle) -> None:
        """Where it is now."""
        if self._path is None or (self.last_screen == screen and self._screens[screen] == place):
            return
        self._screens.pop(screen, None)
        self._screens[screen] = place
        while len(self._screens) > SCREENS_KEPT:
            self._screens.pop(next(iter(self._screens)))
        unfinished = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(self._screens), encoding="utf-8")
            os.replace(unfinished, self._path)
        except OSError:
            self._path = None  # a full disk or a folder without permission: not worth a word, or a second try


def _read(path: Path) -> dict[str, Rectangle]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {str(screen): _rectangle(place) for screen, place in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _rectangle(place: list[int]) -> Rectangle:
    left, top, width, height = map(int, place)
    return left, top, width, height
