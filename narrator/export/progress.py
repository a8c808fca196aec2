"""What was read, drawn and finished in, how far the run is and how fast out."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

FIRST_GUESS_S = 5.0
"""Before this, speed and time left would be wild guesses."""


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
    letters: int = 0
    letters_there: int = 0
    letters_drawn: int = 0
    began_s: float = field(default_factory=time.monotonic)

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
        self.sections_drawn += 1
        self.letters_drawn += letters
        self.seconds_drawn += seconds

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
        """Seconds of film drawn in a second; None while that is a guess."""
        return self.seconds_drawn / self.elapsed_s if self.elapsed_s > FIRST_GUESS_S else None

    @property
    def left_s(self) -> float | None:
        """Time left, taking unread documents to be as long as those that were read; None while that is a guess."""
        if self.letters_drawn == 0 or self.elapsed_s < FIRST_GUESS_S:
            return None
        unread = max(0, self.documents - self.known - self.kept)
        known = self.letters - self.letters_there - self.letters_drawn
        left = known + unread * (self.letters / max(1, self.known))
        return max(0.0, left) * self.elapsed_s / self.letters_drawn

    def as_dict(self) -> dict[str, float | int | None]:
        """For programs."""
        return {
            **{"documents": self.documents, "made": self.made, "kept": self.kept, "failed": self.failed},
            **{"sections": self.sections, "sections_drawn": self.sections_drawn, "sections_there": self.sections_there},
            "minutes_drawn": round(self.seconds_drawn / 60, 3),
            "elapsed_s": round(self.elapsed_s, 2),
            "times_real_time": None if self.speed is None else round(self.speed, 3),
            "left_s": None if self.left_s is None else round(self.left_s, 1),
        }
