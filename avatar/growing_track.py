"""Ever more of a motion in, its frames out as they are due: the first ones at once, the others made meanwhile."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator

from avatar.motion_frame import MotionFrame, MotionTrack

Stages = Iterator[tuple[int, MotionTrack]]
"""(how many frames will not change any more, the whole track), again and again until all are settled."""

PATIENCE_S = 2.0
"""Growing begins once a second frame is asked for, or after this: the first picture is not to wait for it."""

_one_at_a_time = threading.Lock()
"""What is shown first is made first: tracks do not grow side by side."""


class GrowingTrack:
    """A MotionTrack whose later frames are still being made. Any number of threads may ask."""

    def __init__(self, stages: Stages) -> None:
        """Waits for the first stage alone."""
        self._settled, self._track = next(stages)
        self._changed = threading.Condition()
        self._is_wanted = threading.Event()
        self._fault: Exception | None = None
        if self._settled < len(self._track):
            known = (weakref.ref(self), stages, self._is_wanted)
            threading.Thread(target=_grow, args=known, name="narrator-motion", daemon=True).start()

    def at(self, time_s: float) -> MotionFrame:
        """The frame whose interval holds the moment, held at both ends; waited for where it is not made yet."""
        place = self._track.place(time_s)
        if place > 0:
            self._is_wanted.set()
        return self._with(place + 1).at(time_s)

    def whole(self) -> MotionTrack:
        """All of it, waited for."""
        self._is_wanted.set()
        return self._with(len(self._track))

    def _with(self, frames: int) -> MotionTrack:
        with self._changed:
            self._changed.wait_for(lambda: self._settled >= frames or self._fault is not None)
            if self._settled < frames and self._fault is not None:
                raise self._fault
            return self._track

    def _take(self, settled: int, track: MotionTrack) -> None:
        with self._changed:
            self._settled, self._track = settled, track
            self._changed.notify_all()

    def _fail(self, fault: Exception) -> None:
        with self._changed:
            self._fault = fault
            self._changed.notify_all()


def _grow(known: weakref.ref[GrowingTrack], stages: Stages, is_wanted: threading.Event) -> None:
    """Until all is there, or nobody holds the track any more."""
    is_wanted.wait(PATIENCE_S)
    with _one_at_a_time:
        try:
            for stage in stages if known() is not None else ():
                track = known()
                if track is None:
                    return
                track._take(*stage)  # noqa: SLF001 - the track's own thread
                del track
        except Exception as fault:  # noqa: BLE001 - whoever asks for the frame is told
            if (track := known()) is not None:
                track._fail(fault)  # noqa: SLF001
