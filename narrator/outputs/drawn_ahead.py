"""The frames of a film in, their pictures out in order, drawn by threads before they are asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from narrator.outputs.film_tracks import Planes

WAITING = 2
"""Frames asked for beyond those that threads are at, so that none of them ever waits for work."""


@dataclass(frozen=True, slots=True)
class _Coming:
    frame: int
    picture: Planes
    drawn: Future[None]


class DrawnAhead:
    """Draws several frames side by side; a face that draws one at a time draws it when it is asked for."""

    def __init__(self, at_once: int) -> None:
        """Has OpenCV work in one thread from now on, in the whole process."""
        import cv2

        cv2.setNumThreads(1)  # its own would wait beside these, at full speed, for a third of a millisecond's work
        self.most = 1 if at_once == 1 else at_once + WAITING
        """Pictures that are out at one time."""
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="narrator-film")
        self._coming: deque[_Coming] = deque()

    def picture(self, frames: range, draw: Callable[[int, Planes], None], blank: Callable[[], Planes]) -> Planes:
        """The first frame's picture, drawn by draw into what blank gave; those after it are drawn meanwhile."""
        known = len(self._coming)
        for frame in frames[known : self.most]:
            picture = blank()
            self._coming.append(_Coming(frame, picture, self._threads.submit(draw, frame, picture)))
        first = self._coming[0]
        if first.frame != frames[0]:
            raise ValueError(f"frame {first.frame} comes next, not {frames[0]}: forget() what is not wanted")
        first.drawn.result()
        self._coming.popleft()
        return first.picture

    def forget(self, give_back: Callable[[Planes], None]) -> None:
        """Leaves out what was drawn ahead."""
        for coming in self._coming:
            coming.drawn.cancel()
        for coming in self._coming:
            if not coming.drawn.cancelled():
                coming.drawn.exception()  # has it end
            give_back(coming.picture)
        self._coming.clear()

    def close(self) -> None:
        """Ends the threads; those that draw finish first, which nobody waits for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
