"""How much is done in, a line on a stream out: a bar on a screen, now and then a plain line elsewhere."""

from __future__ import annotations

import os
import time
from types import TracebackType
from typing import TextIO

WIDTH = 30
EVERY_S, PLAIN_EVERY_S = 0.2, 10.0


class Bar:
    """One piece of long work; use as a context manager."""

    def __init__(self, name: str, unit: str, out: TextIO) -> None:
        self._name, self._unit, self._out = name, unit, out
        self._began_s, self._told_s = time.monotonic(), float("-inf")
        self._line = ""
        no_tricks = os.environ.get("TERM") == "dumb" or "NO_COLOR" in os.environ
        self._is_screen = out.isatty() and not no_tricks

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_screen and self._line:
            self._out.write("\n")

    def tell(self, done: int, of: int) -> None:
        """That many of about so many are done."""
        now_s, of = time.monotonic(), max(of, done, 1)
        if now_s - self._told_s < (EVERY_S if self._is_screen else PLAIN_EVERY_S) and done < of:
            return
        self._told_s = now_s
        left_s = (now_s - self._began_s) * (of - done) / max(done, 1)
        filled = WIDTH * done // of
        bar = "#" * filled + "." * (WIDTH - filled)
        line = f"{self._name} [{bar}] {done} of {of} {self._unit}, {left_s:.0f} s left"
        if line == self._line:
            return
        self._line = line
        self._out.write(f"\r{line}\x1b[K" if self._is_screen else f"{line}\n")
        self._out.flush()
