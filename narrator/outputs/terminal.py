"""Performances in, a face in half blocks in a terminal, with its sound, out; also over ssh.

Where a terminal cannot show it (no colours, no terminal, or a person who wants none) the captions come as plain lines.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace

from narrator.errors import Cancelled
from narrator.flow import Caption, RgbImage, Viewport
from narrator.outputs.caption_style import CaptionStyle
from narrator.outputs.live import LOOK_S, LiveOutput
from narrator.outputs.live_screen import Listener, View
from narrator.outputs.speaker import Loudspeaker
from narrator.outputs.terminal_cells import SYNTHETIC, TerminalCells, caption_line
from narrator.outputs.terminal_keys import TerminalKeys

CAPTION_ROWS = 3
"""Two lines of caption and one of notice."""
SHARPNESS = 3
"""Drawn three times as large and averaged: a pixel as large as half a letter shows every jagged edge."""
LEAST_COLUMNS, LEAST_ROWS = 24, 12
PAUSED = "paused: space goes on"
FRAMINGS = ("face", "mouth", "signer")
ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J"
"""The other screen, no cursor, no wrapping, empty (xterm's ctlseqs)."""
LEAVE = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"
BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"
"""Terminals that know these show what stands between at once, without tearing; others pass over them."""


class TerminalScreen:
    """A terminal, or a plain stream of lines. Follows narrator.outputs.live_screen.Screen."""

    def __init__(self, *, plain: bool = False, environment: Mapping[str, str] = os.environ) -> None:
        self._is_plain = plain or is_plain_terminal(environment)
        self._cells = TerminalCells(true_colour=environment.get("COLORTERM", "") in ("truecolor", "24bit"))
        self._viewport = Viewport()
        self._listener: Listener | None = None
        self._size = os.terminal_size((0, 0))
        self._numbers = 0
        self._waiting: tuple[int, RgbImage, Caption | None, int] | None = None
        self._arrived = threading.Condition()
        self._writer: threading.Thread | None = None
        self._said: Caption | None = None
        self._notice = ""
        self._is_open = self._is_closed_by_hand = False
        self._keys = TerminalKeys(self._press)

    def load(self) -> None:
        """Nothing takes time here."""

    def open(self, viewport: Viewport, listener: Listener) -> None:
        """Takes over the terminal; close() gives it back as it was, and so does the end of the process."""
        self._viewport, self._listener, self._is_open = viewport, listener, True
        if not self._is_plain:
            atexit.register(self.close)
            _write(ENTER)
            self._keys.start()
        self._writer = threading.Thread(target=self._write_all, name="narrator terminal", daemon=True)
        self._writer.start()

    def view(self) -> View:
        """As many pixels as the terminal has room for; little where nothing is shown."""
        wide, high = (LEAST_COLUMNS, LEAST_COLUMNS) if self._is_plain else self._room()
        seen = replace(self._viewport, width=SHARPNESS * wide, height=SHARPNESS * high, is_marked=False)
        return View(seen, CaptionStyle(0.0), SHARPNESS)

    def show(self, picture: RgbImage, caption: Caption | None, word: int) -> int:
        """Hands it to the thread that writes, which a slow line may hold up: it takes the newest."""
        import cv2

        self._numbers += 1
        if self._is_plain:
            self._say(caption)
            return self._numbers
        small = cv2.resize(picture[..., :3], self._room(), interpolation=cv2.INTER_AREA)
        with self._arrived:
            self._waiting = (self._numbers, small, caption, word)
            self._arrived.notify()
        return self._numbers

    def set_paused(self, paused: bool) -> None:
        """A word in the last line, instead of any notice."""
        self._keys.is_paused = paused
        self._cells.forget()

    def notify(self, text: str) -> None:
        """In the last line; what other parts of the program wrote onto the picture is painted over."""
        self._notice = text
        self._cells.forget()

    def raise_if_gone(self) -> None:
        """Raises Cancelled once q was pressed."""
        if self._is_closed_by_hand:
            raise Cancelled

    def close(self) -> None:
        """The terminal as it was."""
        with self._arrived:
            was_open, self._is_open = self._is_open, False
            self._arrived.notify()
        if self._writer is not None and self._writer is not threading.current_thread():
            self._writer.join(1.0)
        if was_open and not self._is_plain:
            self._keys.stop()
            _write(LEAVE)
            atexit.unregister(self.close)

    def _press(self, command: str) -> None:
        listener = self._listener
        if listener is None:
            return
        if command == "close":
            self._is_closed_by_hand = True
            listener.closed()
        elif command == "framing":
            place = (FRAMINGS.index(self._viewport.framing) + 1) % len(FRAMINGS)
            self._viewport = replace(self._viewport, framing=FRAMINGS[place])
            listener.wake()
        else:
            listener.commanded(command)

    def _say(self, caption: Caption | None) -> None:
        """Plain: each caption once, as a line."""
        if caption is not None and caption is not self._said:
            self._said = caption
            text = " ".join(caption.lines)
            _write("".join(letter if letter.isprintable() else " " for letter in text) + "\n")

    def _write_all(self) -> None:
        while True:
            with self._arrived:
                while self._waiting is None and self._is_open:
                    self._arrived.wait(LOOK_S)
                if self._waiting is None or not self._is_open:
                    return
                (number, picture, caption, word), self._waiting = self._waiting, None
            _write(BEGIN + self._frame(picture, caption, word) + END)
            if self._listener is not None:
                self._listener.showed(number, time.perf_counter())

    def _frame(self, picture: RgbImage, caption: Caption | None, word: int) -> str:
        size = self._terminal_size()
        cleared = ""
        if size != self._size:  # the window was resized: the terminal has moved what it showed
            self._size, cleared = size, "\x1b[2J"
            self._cells.forget()
        rows = min(picture.shape[0] // 2, max(1, size.lines - CAPTION_ROWS))
        lines = _marked_lines(caption, word, size.columns)
        below = "".join(f"\x1b[{rows + 1 + place};1H{line}" for place, line in enumerate([*lines, self._notice_line()]))
        mark = f"\x1b[1;{max(1, size.columns - len(SYNTHETIC))}H\x1b[7m{SYNTHETIC[: size.columns]}\x1b[27m"
        return cleared + self._cells.update(picture[: 2 * rows, : size.columns]) + mark + below

    def _room(self) -> tuple[int, int]:
        """Pixels across and down, two in each cell."""
        columns, rows = self._terminal_size()
        return max(columns, LEAST_COLUMNS), 2 * max(rows - CAPTION_ROWS, LEAST_ROWS)

    def _notice_line(self) -> str:
        return caption_line(PAUSED if self._keys.is_paused else self._notice, (0, 0), self._size.columns)

    def _terminal_size(self) -> os.terminal_size:
        try:
            return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
        except (OSError, ValueError):
            return os.terminal_size((80, 24))


class Terminal(LiveOutput):
    """An output for people in a terminal."""

    name = "terminal"

    def __init__(
        self,
        *,
        plain: bool = False,
        speaker: Loudspeaker | None = None,
        is_mute: bool = False,
        sound_offset_s: float = 0.0,
    ) -> None:
        screen = TerminalScreen(plain=plain)
        super().__init__(screen, speaker=speaker, is_mute=is_mute, sound_offset_s=sound_offset_s)


def is_plain_terminal(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether standard output can or should not be painted on: no terminal, a dumb one, or NO_COLOR (no-color.org)."""
    is_terminal = sys.__stdout__ is not None and sys.__stdout__.isatty()
    return not is_terminal or environment.get("TERM", "dumb") == "dumb" or bool(environment.get("NO_COLOR"))


def _marked_lines(caption: Caption | None, word: int, columns: int) -> list[str]:
    lines = list(caption.lines) if caption else []
    marked = caption.words[word] if caption and 0 <= word < len(caption.words) else None
    painted, start = [], 0
    for line in lines[:2]:
        place = (marked.start_char - start, marked.end_char - start) if marked else (0, 0)
        painted.append(caption_line(line, place, columns))
        start += len(line) + 1
    return painted + [caption_line("", (0, 0), columns)] * (2 - len(painted))


def _write(text: str) -> None:
    """All of it; a terminal that has gone is no fault of the narration's."""
    left = memoryview(text.encode())
    with contextlib.suppress(OSError):
        while left:
            left = left[os.write(1, left) :]
