"""Pictures of a face as the narration tells them in, half blocks on the screen out."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

HALF_BLOCK = "▀"
"""Its letter is the upper pixel, its ground the lower one."""
COARSER = bytes(min(255, value // 8 * 8 + 4) for value in range(256))
"""Colours nearer than eight steps are one, so that most of a moving picture's cells were painted before."""
SEGMENTS = 1 << 14
SYNTHETIC = " synthetic "
"""In letters: a mark of a few pixels could not be read."""
MARK = Style(color="#ffffff", bgcolor="#3a3f46")
BYTES_A_CELL = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels, row by row, three bytes each."""

    columns: int
    half_rows: int
    pixels: bytes

    def row(self, row: int) -> bytes:
        """Both half rows of a row of letters; empty below the picture."""
        width = BYTES_A_CELL * self.columns
        return self.pixels[2 * row * width : 2 * (row + 1) * width] if 2 * row + 1 < self.half_rows else b""


def picture_of(told: Mapping[str, Any], *, is_coarse: bool = True) -> Picture | None:
    """As docs/live.md has it; None where there is none yet. is_coarse: for half blocks."""
    if not told["pixels"]:
        return None
    pixels = base64.b64decode(told["pixels"])
    return Picture(int(told["columns"]), int(told["half_rows"]), pixels.translate(COARSER) if is_coarse else pixels)


def half_blocks(picture: Picture, row: int, columns: int, ground: Style) -> Strip:
    """A row of letters of so many columns, the picture in its middle; what it does not fill is ground."""
    pixels = picture.row(row)
    if not pixels:
        return Strip.blank(columns, ground)
    width = picture.columns * BYTES_A_CELL
    shown = min(columns, picture.columns)
    cells = [
        pixels[at : at + BYTES_A_CELL] + pixels[width + at : width + at + BYTES_A_CELL]
        for at in range(0, shown * BYTES_A_CELL, BYTES_A_CELL)
    ]
    segments = [_segment(colours, sum(1 for _ in run)) for colours, run in groupby(cells)]
    if shown < columns:
        segments.insert(0, Segment(" " * ((columns - shown) // 2), ground))
    return Strip(segments).adjust_cell_length(columns, ground)


@lru_cache(SEGMENTS)
def _segment(colours: bytes, cells: int) -> Segment:
    upper, lower = Color.from_rgb(*colours[:BYTES_A_CELL]), Color.from_rgb(*colours[BYTES_A_CELL:])
    return Segment(HALF_BLOCK * cells, Style(color=upper, bgcolor=lower))


def _marked(strip: Strip, columns: int) -> Strip:
    """The row of a picture with the mark over its right end."""
    return Strip([*strip.crop(0, columns - len(SYNTHETIC)), Segment(SYNTHETIC, MARK)], columns)


class FaceView(Widget):
    """The face, in as many cells as it has; nothing is drawn while it is off."""

    HELP = "The face that speaks, in half blocks. The key v takes it away and brings it back."
    DEFAULT_CSS = "FaceView { height: 12; color: $foreground 80%; }"
    WAITING = "the face comes with the next words"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.wanted = (0, 0)
        """(columns, half rows), for the thread that asks for pictures; (0, 0) while nobody looks."""
        self._shown: Picture | None = None

    def on_resize(self, event: Resize) -> None:
        """The face is drawn for the room there is."""
        self._want()

    def turn(self, is_on: bool) -> None:
        """On or off."""
        self.display = is_on
        self._want()

    def show(self, picture: Picture) -> None:
        """This one; only rows that changed are painted."""
        before, self._shown = self._shown, picture
        if before is None or (before.columns, before.half_rows) != (picture.columns, picture.half_rows):
            self.refresh()
            return
        rows = [row for row in range(self.size.height) if before.row(row) != picture.row(row)]
        self.refresh(*(Region(0, row, self.size.width, 1) for row in rows)) if rows else None

    def render_line(self, y: int) -> Strip:
        """Two rows of pixels."""
        width = self.size.width
        if self._shown is not None:
            strip = half_blocks(self._shown, y, width, self.rich_style)
            return _marked(strip, width) if y == 0 and width > 2 * len(SYNTHETIC) else strip
        words = self.WAITING.center(width)[:width] if y == self.size.height // 2 else " " * width
        return Strip([Segment(words, self.rich_style)], width)

    def _want(self) -> None:
        is_seen = self.display and self.size.width > 0
        self.wanted = (self.size.width, 2 * self.size.height) if is_seen else (0, 0)
