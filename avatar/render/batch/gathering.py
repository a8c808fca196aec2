"""Frames asked for by several threads in, their pictures out: those that wait together are drawn together."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from avatar.motion_frame import MotionFrame
from avatar.render.batch.batch_renderer import BatchRenderer
from narrator.flow import RgbImage

MOST_AT_ONCE = 16
"""Frames in one batch: at 1280x720 some 2 GB of a graphics card's memory (judgement, from the size of the pairs)."""


@dataclass(slots=True, eq=False)
class _Request:
    frame: MotionFrame
    image: RgbImage | None = None


class Gathering:
    """One card's drawing for many threads. Whoever gets the card draws for all who wait."""

    def __init__(self, batch: BatchRenderer) -> None:
        self._batch = batch
        self._card = threading.Lock()
        self._door = threading.Lock()
        self._waiting: list[_Request] = []

    def draw(self, frame: MotionFrame) -> RgbImage:
        """The picture of this frame; the caller's own."""
        mine = _Request(frame)
        with self._door:
            self._waiting.append(mine)
        while mine.image is None:
            with self._card:
                if mine.image is None:
                    self._draw_waiting(mine)
        return mine.image

    def _draw_waiting(self, mine: _Request) -> None:
        """Draws for the first who wait. When that fails, who called hears of it and the others try by themselves."""
        with self._door:
            drawn, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
        try:
            for request, image in zip(drawn, self._batch.draw([one.frame for one in drawn]), strict=True):
                request.image = image
        except BaseException:
            with self._door:
                self._waiting = [one for one in [*drawn, *self._waiting] if one is not mine]
            raise
