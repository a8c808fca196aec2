"""The position being heard in, the frame that is due out: dropped or repeated, never late.

A frame is due so that it is on the screen one frame before its moment is heard: what it shows is the state at its end,
as a camera's exposure has it, so sound follows picture by 0 to 1 / fps.
"""

from __future__ import annotations

from collections import deque

from narrator.flow import Phone
from narrator.outputs.economy import Economy
from narrator.stages import Performance

LATEST_S = 0.035
"""Sound may follow by 40 ms at most; 5 ms are left for jitter."""
SMOOTHING = 0.2
"""Share of a newly measured cost that is believed."""
FIRST_DRAW_S = 0.01
FIRST_SHOW_S = 0.005
"""Guesses until the first measurement: pose, draw and copy; from publishing to the screen."""
LONGEST_COST_S = 0.1
"""A cost beyond this was a hiccup of the machine, nothing to plan with."""
OFFSETS_KEPT = 2000
MOST_LATE_FRAMES = 2
"""A closure may be shown this much late rather than not at all."""
LIPS_CLOSED = "pbm"


class FramePace:
    """Keeps the measured costs over all performances of a window."""

    def __init__(self, fps: float) -> None:
        self.frame_s = 1 / fps
        self._lead_s = min(self.frame_s, LATEST_S)
        self._draw_s = FIRST_DRAW_S
        self._show_s = FIRST_SHOW_S
        self.economy = Economy(self.frame_s)
        """What can be drawn in time."""
        self.offsets_s: deque[float] = deque(maxlen=OFFSETS_KEPT)
        """How far the sound was behind each picture when it came onto the screen, seconds."""
        self.gaps_s: deque[float] = deque(maxlen=OFFSETS_KEPT)
        """From one picture on the screen to the next, within a performance and without a pause, seconds."""

    def due(self, performance: Performance, position_s: float) -> int:
        """Index of the frame to begin drawing now; -1 before the first."""
        visible_at_s = position_s + self._draw_s + self._show_s + self._lead_s
        return int((visible_at_s - performance.start_s) // self.frame_s)

    def due_after(self, last: int, performance: Performance, position_s: float) -> int:
        """The frame due; but where frames must be left out, never the one in which lips close (P B M)."""
        due = self.due(performance, position_s)
        if last < 0 or due - last < 2:
            return due
        closed_s = [phone.start_s + phone.duration_s / 2 for phone in performance.utterance.phones if _closes(phone)]
        candidates: list[int] = [due, *range(due - 1, max(last, due - 1 - MOST_LATE_FRAMES), -1)]
        for frame in candidates:
            begin_s = self.moment_of(performance, frame)
            if any(begin_s <= moment_s < begin_s + self.frame_s for moment_s in closed_s):
                return frame
        return due

    def moment_of(self, performance: Performance, frame: int) -> float:
        """The moment a frame shows."""
        return performance.start_s + frame * self.frame_s

    def until_due(self, performance: Performance, frame: int, position_s: float) -> float:
        """Seconds until the drawing of that frame should begin; not positive once it should."""
        return self.moment_of(performance, frame) - self._lead_s - self._draw_s - self._show_s - position_s

    def until_publishing(self, performance: Performance, frame: int, position_s: float) -> float:
        """Seconds until that frame, drawn already, should be handed to the screen."""
        return self.moment_of(performance, frame) - self._lead_s - self._show_s - position_s

    def drew(self, cost_s: float) -> None:
        """Takes note of what a frame cost."""
        self._draw_s += SMOOTHING * (min(cost_s, LONGEST_COST_S) - self._draw_s)
        self.economy.drew(cost_s)

    def showed(self, cost_s: float, moment_s: float, position_s: float) -> None:
        """Takes note of when a frame came onto the screen, and of what was heard then."""
        self._show_s += SMOOTHING * (min(max(cost_s, 0.0), LONGEST_COST_S) - self._show_s)
        self.offsets_s.append(moment_s - position_s)


def _closes(phone: Phone) -> bool:
    return bool(phone.ipa) and phone.ipa[0] in LIPS_CLOSED
