"""A performance in, its frames and sound counted in memory: the output's do-nothing twin."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from narrator.flow import RgbImage, Samples, Viewport
from narrator.stages import Control, Performance

PAUSED_STEP_S = 0.01
"""How long a paused output sleeps between two looks: a tenth of the 100 ms that are promised."""


class MemoryOutput:
    """Keeps what a test or a sum wants to know, never the whole narration."""

    name = "memory"

    def __init__(self, *, draws: bool = True, keeps_sound: bool = False) -> None:
        self._draws = draws
        self._keeps_sound = keeps_sound
        self.viewport: Viewport | None = None
        self.rate_hz = 0
        self.frame_count = 0
        self.last_frame: RgbImage | None = None
        self.sound_s = 0.0
        self.sound: list[Samples] = []
        self.sentences: list[str] = []
        self.closed: bool | None = None
        """None while open, then whether the narration was completed."""

    def open(self, viewport: Viewport, rate_hz: int) -> None:
        """Notes the size and the rate."""
        self.viewport, self.rate_hz = viewport, rate_hz

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """Takes one frame after the other without waiting, a position for each."""
        fps = (self.viewport or Viewport()).fps
        self.sentences.append(performance.utterance.sentence.text)
        index = 0
        while index < max(1, round((performance.end_s - performance.start_s) * fps)):
            while control.is_paused() and not control.is_interrupted():
                time.sleep(PAUSED_STEP_S)
                yield performance.start_s + index / fps
            if control.is_interrupted():
                return
            if self._draws:
                self.last_frame = performance.draw(performance.start_s + index / fps)
            self.frame_count += 1
            yield performance.start_s + index / fps
            index += 1
        self.sound_s += performance.utterance.duration_s
        if self._keeps_sound:
            self.sound.append(np.array(performance.utterance.samples))

    def close(self, *, completed: bool) -> None:
        """Notes how it ended."""
        self.closed = completed
