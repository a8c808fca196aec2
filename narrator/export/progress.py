"""What was read, drawn and finished in, how far the run is and how fast out."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

LATEST = 64
"""Sections from which speed is taken, so that it follows workers that come and go."""
SHORTEST_S = 1.0
"""Sections that came within less tell nothing of speed."""


class _Mark(NamedTuple):
    """What was drawn at one moment."""

    elapsed_s: float
    seconds: float
    letters: int


@dataclass
class Progress:
    """Counted by the run, read by whoever shows it."""

    documents: int
    made: int = 0
    kept: int = 0
    failed: int = 0
    known: int = 0
    """Documents that were read, so that their lengths count."""
    sections: int = 0
    """Of all documents read so far."""
    sections_there: int = 0
    """Drawn by earlier runs, or the same as another one."""
    sections_drawn: int = 0
    seconds_drawn: float = 0.0
    """Length of what this run drew."""
    workers: int = 0
    """Sections that are drawn side by side."""
    letters: int = 0
    letters_there: int = 0
    letters_drawn: int = 0
    began_s: float = field(default_factory=time.monotonic)
    _marks: deque[_Mark] = field(default_factory=lambda: deque(maxlen=LATEST))

    def read(self, letters: int, sections: int) -> None:
        """A document is known."""
        self.known += 1
        self.letters += letters
        self.sections += sections

    def was_there(self, letters: int) -> None:
        """A section needs no drawing."""
        self.sections_there += 1
        self.letters_there += letters

    repeats = was_there

    def drawn(self, letters: int, seconds: float) -> None:
        """A section was drawn; seconds is 0 where it counts for another document already."""
        if not self._marks:
            self._marks.append(_Mark(0.0, 0.0, 0))
        self.sections_drawn += 1
        self.letters_drawn += letters
        self.seconds_drawn += seconds
        self._marks.append(_Mark(self.elapsed_s, self.seconds_drawn, self.letters_drawn))

    def document(self, state: str) -> None:
        """One has come to its end: made, kept or failed."""
        setattr(self, state, getattr(self, state) + 1)

    @property
    def ended(self) -> int:
        """Documents that need nothing more."""
        return self.made + self.kept + self.failed

    @property
    def elapsed_s(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self.began_s

    @property
    def speed(self) -> float | None:
        """Seconds of film drawn in a second, of late; None while nothing tells."""
        if (since := self._since_s()) is None:
            return None
        return (self._marks[-1].seconds - self._marks[0].seconds) / since

    @property
    def left_s(self) -> float | None:
        """Time left, taking unread documents to be as long as those that were read; None while nothing tells."""
        if self.ended == self.documents:
            return 0.0
        letters = self._marks[-1].letters - self._marks[0].letters if self._marks else 0
        if (since := self._since_s()) is None or not letters:
            return None
        unread = max(0, self.documents - self.known - self.kept)
        known = self.letters - self.letters_there - self.letters_drawn
        left = known + unread * (self.letters / max(1, self.known))
        return max(0.0, left * since / letters - (self.elapsed_s - self._marks[-1].elapsed_s))

    def _since_s(self) -> float | None:
        """How long the latest sections took; they end with one that was drawn, so nothing changes between two."""
        since = self._marks[-1].elapsed_s - self._marks[0].elapsed_s if self._marks else 0.0
        return since if since >= SHORTEST_S else None

    def as_dict(self) -> dict[str, float | int | None]:
        """For programs."""
        return {
            **{"documents": self.documents, "made": self.made, "kept": self.kept, "failed": self.failed},
            **{"sections": self.sections, "sections_drawn": self.sections_drawn, "sections_there": self.sections_there},
            "workers": self.workers,
            "minutes_drawn": round(self.seconds_drawn / 60, 3),
            "elapsed_s": round(self.elapsed_s, 2),
            "times_real_time": None if self.speed is None else round(self.speed, 3),
            "left_s": None if self.left_s is None else round(self.left_s, 1),
        }
