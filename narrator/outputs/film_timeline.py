"""Performances in, frame numbers and moments of one continuous film out, without drift.

Frame k is shown from k / fps of the film and holds what row k of `narrator motion` says. The sound lies one frame later
than the moments drawn: what is heard while a frame is shown has been drawn by then, so that sound never leads. A
performance begins on a whole frame; its preroll is taken out of the pause before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from narrator.stages import Performance
from narrator.timeline import yield_s

_ROUNDING_S = 1e-6
"""Times that differ by less are one: float seconds are exact to far less than this over a day."""
_NTSC = Fraction(1000, 1001)
_NTSC_ROUNDING = 0.005
"""People write 29.97 and mean 30000 / 1001."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One performance with its place in the film."""

    performance: Performance
    first_frame: int
    """The film's frame that shows the performance's first moment."""
    zero_s: float
    """Film time of the first sample of its sound, seconds."""

    def moment_of(self, frame: int, frame_s: float) -> float:
        """What frame shows, in performance time; it is heard by the frame's end."""
        return self.performance.start_s + (frame - self.first_frame) * frame_s


class FilmTimeline:
    """Where each performance goes, one after the other."""

    def __init__(self, fps: float) -> None:
        self.rate = exact_rate(fps)
        self.frame_s = float(1 / self.rate)
        self.next_frame = 0
        """The first frame that is not drawn yet; whoever draws counts it up."""
        self.last: Placed | None = None
        self._cut = False

    def place(self, performance: Performance) -> Placed:
        """The performance's place after all before it; frames up to its first still belong to the one before."""
        earliest_s = 0.0
        if self.last is not None:
            before = self.last.performance
            sound_end_s = self.last.zero_s + (0.0 if self._cut else before.utterance.duration_s)
            pause_end_s = self._end_s(self.last)
            earliest_s = max(sound_end_s, pause_end_s + performance.start_s) - self.frame_s
        first_frame = max(self.next_frame, self._frame_from(earliest_s))
        self.last = Placed(performance, first_frame, (first_frame + 1) * self.frame_s - performance.start_s)
        self._cut = False
        return self.last

    def certain_end(self, placed: Placed) -> int:
        """One past the last frame that surely shows placed; later ones may become the next one's preroll."""
        return self._frame_from(placed.zero_s + yield_s(placed.performance) - self.frame_s)

    def full_end(self, placed: Placed) -> int:
        """One past its last frame when nothing follows: its last moment drawn, its sound heard."""
        sound_end_s = placed.zero_s + placed.performance.utterance.duration_s
        return self._frame_from(max(self._end_s(placed) - self.frame_s, 0.0 if self._cut else sound_end_s))

    def cut(self) -> None:
        """The last performance ends here: what follows comes at once."""
        self._cut = True

    def _end_s(self, placed: Placed) -> float:
        if self._cut and placed is self.last:
            return self.next_frame * self.frame_s
        return placed.zero_s + placed.performance.end_s

    def _frame_from(self, time_s: float) -> int:
        return max(0, math.ceil((time_s - _ROUNDING_S) * self.rate))


def exact_rate(fps: float) -> Fraction:
    """The frame rate as a fraction: 25 or 30000/1001, never 29.97."""
    ntsc = round(fps / _NTSC) * _NTSC
    if abs(ntsc - Fraction(fps)) < _NTSC_ROUNDING:
        return ntsc
    return Fraction(fps).limit_denominator(_NTSC.denominator)
