"""Keys pressed in a terminal in, the commands they stand for out; the terminal's own mode is put back."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import threading
from collections.abc import Callable
from typing import Any

LOOK_S = 0.1
KEYS = {
    b"n": "next",
    b"p": "previous",
    b"r": "replay",
    b"f": "framing",
    b"q": "close",
}


class TerminalKeys:
    """Listens in a thread of its own while it is started; does nothing where keys cannot be had."""

    def __init__(self, press: Callable[[str], None]) -> None:
        self._press = press
        self._before: list[Any] | None = None
        self._ended = threading.Event()
        self.is_paused = False
        """What the space bar turns round."""

    def start(self) -> None:
        """Keys come at once and unseen from now on; Ctrl-C and Ctrl-Z stay the terminal's."""
        if sys.platform == "win32" or not os.isatty(0):
            return
        import termios
        import tty

        self._before = termios.tcgetattr(0)
        tty.setcbreak(0)
        threading.Thread(target=self._listen, name="narrator terminal keys", daemon=True).start()

    def stop(self) -> None:
        """The terminal's mode as it was."""
        self._ended.set()
        if self._before is not None and sys.platform != "win32":
            import termios

            with contextlib.suppress(termios.error):  # the terminal has gone
                termios.tcsetattr(0, termios.TCSADRAIN, self._before)
            self._before = None

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while not self._ended.is_set():
                if not select.select([0], [], [], LOOK_S)[0]:
                    continue
                pressed = os.read(0, 32)
                if not pressed:
                    return
                self._obey(pressed)

    def _obey(self, pressed: bytes) -> None:
        if pressed == b"\x1b":
            self._press("stop")
        elif pressed == b" ":
            self._press("resume" if self.is_paused else "pause")
        elif pressed.lower() in KEYS:
            self._press(KEYS[pressed.lower()])
