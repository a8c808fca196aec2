"""An utterance in, a performance out in which nothing moves: the face's do-nothing twin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from narrator.flow import Caption, Delivery, RgbImage, Utterance, Viewport, Waiting

GREY = 128
"""Mid grey, 0..255: plainly a picture, plainly not a face."""


@dataclass(frozen=True)
class StillPerformance:
    """One grey frame for as long as the utterance lasts."""

    utterance: Utterance
    start_s: float
    end_s: float
    viewport: Viewport
    captions: tuple[Caption, ...] = ()

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """The same frame for every moment."""
        seen = viewport or self.viewport
        return _grey(seen.width, seen.height)


class StillFace:
    """A face that performs nothing."""

    name = "still"
    drawn_at_once = 1

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> StillPerformance:
        """The utterance with a still picture, from the preroll to the end of the pause."""
        end_s = utterance.duration_s + utterance.sentence.pause_s
        return StillPerformance(utterance, -delivery.preroll_s, end_s, viewport)

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        """The same grey frame."""
        return _grey(viewport.width, viewport.height)

    def mouth_width_px(self, viewport: Viewport) -> float:
        """It has no mouth."""
        return 0.0


@lru_cache(maxsize=8)
def _grey(width: int, height: int) -> RgbImage:
    frame = np.full((height, width, 3), GREY, np.uint8)
    frame.setflags(write=False)
    return frame
