"""An utterance in, a performance out in which nothing moves: the face's do-nothing twin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from narrator.flow import Caption, Delivery, RgbImage, Utterance, Viewport

GREY = 128
"""Mid grey, 0..255: plainly a picture, plainly not a face."""


@dataclass(frozen=True)
class StillPerformance:
    """One grey frame for as long as the utterance lasts."""

    utterance: Utterance
    start_s: float
    end_s: float
    frame: RgbImage
    captions: tuple[Caption, ...] = ()

    def draw(self, time_s: float) -> RgbImage:
        """The same frame for every moment."""
        return self.frame


class StillFace:
    """A face that performs nothing."""

    name = "still"

    def __init__(self) -> None:
        self._frames: dict[tuple[int, int], RgbImage] = {}

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> StillPerformance:
        """The utterance with a still picture, from the preroll to the end of the pause."""
        end_s = utterance.duration_s + utterance.sentence.pause_s
        return StillPerformance(utterance, -delivery.preroll_s, end_s, self.rest(delivery, viewport, clock_s))

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float) -> RgbImage:
        """The same grey frame."""
        size = (viewport.height, viewport.width)
        if size not in self._frames:
            frame = np.full((*size, 3), GREY, np.uint8)
            frame.setflags(write=False)
            self._frames[size] = frame
        return self._frames[size]
