"""A terminal in, a widget that shows real pictures on it out, where it can show any: by sixels, or as kitty does."""

from __future__ import annotations

import io
import os
import re
import select
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.face_view import Picture

SIXEL, KITTY = "sixel", "kitty"
QUESTIONS = b"\x1b[16t\x1b[c"
"""How large is a cell, and what can you do? (xterm's ctlseqs: XTWINOPS, DA1)"""
CAN = re.compile(rb"\x1b\[\?([\d;]*)c")
CELL = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
SIXELS = b"4"
"""Among the numbers of the second answer."""
LIMIT_S = 1.0
"""All terminals answer the second question, most within a millisecond; what came later would be taken for keys."""
USUAL_CELL = (10, 20)
NO_PICTURES = ("dumb", "linux", "vt100", "vt220")


class Stills:
    """Pictures of one kind."""

    def __init__(self, kind: type[Any]) -> None:
        """kind: a widget of textual_image."""
        self._kind = kind

    def widget(self, **words: str) -> Widget:
        """One that shows nothing yet."""
        made: Widget = self._kind(**words)
        return made

    def paint(self, widget: Any, picture: Picture) -> None:
        """This picture, in a widget of ours."""
        from PIL import Image

        widget.image = Image.frombytes("RGB", (picture.columns, picture.half_rows), picture.pixels)


def stills(environment: Mapping[str, str] = os.environ) -> Stills | None:
    """What the terminal can; None where half blocks are all. Before the panel is on the screen, since it is asked."""
    streams = (sys.__stdin__, sys.__stdout__)
    if environment.get("NO_COLOR") or environment.get("TERM", "dumb") in NO_PICTURES:
        return None
    if not all(stream is not None and stream.isatty() for stream in streams):
        return None
    is_kitty = "kitty" in environment["TERM"] or environment.get("TERM_PROGRAM") == "ghostty"
    said = answer(0, 1)
    kind = kind_of(said, is_kitty=is_kitty)
    return Stills(widget_of(kind, window_cell(1) or cell_of(said))) if kind else None


def kind_of(said: bytes, *, is_kitty: bool) -> str:
    """SIXEL, KITTY or nothing; a terminal that says it knows sixels is believed first."""
    found = CAN.search(said)
    if found and SIXELS in found[1].split(b";")[1:]:
        return SIXEL
    return KITTY if found and is_kitty else ""


def window_cell(screen: int) -> tuple[int, int] | None:
    """Width and height of a cell in pixels, as the system knows the terminal's window; None where it does not."""
    import fcntl
    import struct
    import termios

    rows, columns, width, height = struct.unpack("HHHH", fcntl.ioctl(screen, termios.TIOCGWINSZ, bytes(8)))
    return (width // columns, height // rows) if width and height and columns and rows else None


def cell_of(said: bytes) -> tuple[int, int]:
    """Width and height of a cell in pixels."""
    found = CELL.search(said)
    height, width = (int(found[1]), int(found[2])) if found else (0, 0)
    return (width, height) if width and height else USUAL_CELL


def answer(keyboard: int, screen: int) -> bytes:
    """What the terminal behind these two says to QUESTIONS, within LIMIT_S."""
    try:
        import termios
        import tty
    except ImportError:  # Windows, whose terminals are not asked this way
        return b""
    before = termios.tcgetattr(keyboard)
    said, deadline = b"", time.monotonic() + LIMIT_S
    try:
        tty.setcbreak(keyboard, termios.TCSANOW)
        os.write(screen, QUESTIONS)
        while not CAN.search(said) and select.select([keyboard], [], [], max(0.0, deadline - time.monotonic()))[0]:
            said += os.read(keyboard, 1024)
    except OSError:
        return b""
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
    return said


def widget_of(kind: str, cell: tuple[int, int]) -> type[Any]:
    """textual_image asks the terminal itself when it is imported, and lets answers that come later than a tenth of a
    second be taken for keys: so it is imported as if there were no terminal, and told how large its cells are."""
    os.environ.setdefault("TEXTUAL_CELL_WIDTH", str(cell[0]))
    os.environ.setdefault("TEXTUAL_CELL_HEIGHT", str(cell[1]))
    terminal = sys.__stdout__
    try:
        sys.__stdout__ = io.TextIOWrapper(io.BytesIO())  # type: ignore[misc]
        from textual_image.widget import SixelImage, TGPImage
    finally:
        sys.__stdout__ = terminal  # type: ignore[misc]
    return SixelImage if kind == SIXEL else TGPImage
