"""A performance and a moment in, the finished picture in the size the screen wants out.

Another size is drawn for the first time in a thread of its own, since that takes a fifth of a second; until then the
screen gets the old one. The face's renderer is taken over from that thread (avatar/performer.py).
"""

from __future__ import annotations

import threading
import time

import numpy as np

from narrator.flow import Caption, RgbImage, Waiting
from narrator.outputs.caption_painter import CaptionPainter, caption_at
from narrator.outputs.live_screen import View
from narrator.stages import Performance, WaitingFace


class LivePicture:
    """One picture that is drawn anew each time; only one thread at a time may use it."""

    def __init__(self, view: View) -> None:
        self._canvas: RgbImage = np.zeros((0, 0, 3), np.uint8)
        self._next: View | None = None
        self._warming: threading.Thread | None = None
        self.drawn_at_s = 0.0
        """When the last picture was begun: a reading of time.perf_counter()."""
        self.caption: Caption | None = None
        """What the last picture says, and which word of it; -1 before the first."""
        self.word = -1
        self._take(view)

    def drawn(self, performance: Performance, moment_s: float, waiting: Waiting | None) -> RgbImage:
        """The performance's picture of that moment with its caption; reused by the next call."""
        self.drawn_at_s = time.perf_counter()
        self._copy(performance.draw(moment_s, self.view.viewport, waiting))
        self.caption = caption_at(performance.captions, moment_s)
        self.word = self.caption.word_at(moment_s) if self.caption else -1
        self._painter.paint(self._canvas, performance.captions, moment_s)
        return self._canvas

    def at_rest(self, face: WaitingFace, clock_s: float, thinking: float) -> RgbImage:
        """The waiting face, without a caption; reused by the next call."""
        self.drawn_at_s = time.perf_counter()
        self._copy(face.rest(self.view.viewport, clock_s, thinking))
        self.caption, self.word = None, -1
        return self._canvas

    def follow(self, wanted: View, performance: Performance | None, moment_s: float, face: WaitingFace | None) -> bool:
        """Goes over to the view wanted, once it has been drawn for the first time; True where it is another now."""
        if wanted == self.view:
            return False
        if wanted.viewport == self.view.viewport:
            self._take(wanted)
            return True
        if self._warming is None or (wanted != self._next and not self._warming.is_alive()):
            self._next = wanted
            self._warming = threading.Thread(
                target=_draw_once, args=(wanted, performance, moment_s, face), name="narrator new size", daemon=True
            )
            self._warming.start()
        elif wanted == self._next and not self._warming.is_alive():
            self._warming = None
            self._take(wanted)
            return True
        return False

    def _take(self, view: View) -> None:
        self.view = view
        self._painter = CaptionPainter(view.viewport.width, view.viewport.height, view.captions)

    def _copy(self, picture: RgbImage) -> None:
        """Captions are painted onto a copy: the face may keep its own."""
        if self._canvas.shape != picture.shape:
            self._canvas = np.empty_like(picture)
        np.copyto(self._canvas, picture)


def _draw_once(view: View, performance: Performance | None, moment_s: float, face: WaitingFace | None) -> None:
    if performance is not None:
        performance.draw(moment_s, view.viewport)
    elif face is not None:
        face.rest(view.viewport, moment_s)
