"""Nothing in, the time in seconds out: the wall's, or one that a test moves by hand."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Seconds that never run backwards; only differences mean anything."""

    def now_s(self) -> float:
        """Seconds since a moment that is fixed for the life of the clock."""
        ...


class WallClock:
    """The machine's own monotonic clock."""

    def now_s(self) -> float:
        """Seconds since some moment before this process began."""
        return time.monotonic()


class ManualClock:
    """Stands still until it is told to go on: for tests."""

    def __init__(self, start_s: float = 0.0) -> None:
        self._now_s = start_s

    def now_s(self) -> float:
        """Seconds it has been moved so far."""
        return self._now_s

    def advance(self, seconds: float) -> None:
        """Moves it on."""
        self._now_s += seconds
