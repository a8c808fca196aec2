"""A live sound in, a face that says along what it hears out: a moment behind, and at rest while nothing sounds."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from avatar.diffusion.live import LiveMotion
from avatar.performer import FacePerformance, Performer
from narrator.flow import Delivery, RgbImage, Utterance, Viewport

GROW_LOOK_S = 0.02
LATENCY_KEPT = 0.995
"""Of how late the sound comes in, which drifts slowly; the earliest block tells it best."""


class FollowingFace:
    """Follows narrator.stages.Face; while nothing is performed it follows what follow() is given."""

    is_lively = True

    def __init__(self, performer: Performer, motion: LiveMotion, behind_s: float) -> None:
        """behind_s: how far the picture is behind the sound."""
        self._performer, self._motion, self._behind_s = performer, motion, behind_s
        self.name = performer.name
        self.drawn_at_once = 1
        self._zero_s: float | None = None
        """When the first sample sounded, by the clock of rest()."""
        self._ended = threading.Event()
        self._drawing = threading.Lock()

    def follow(self, blocks: Iterable[tuple[npt.NDArray[np.float32], float]]) -> None:
        """Hears (samples at 16 kHz, when the last one came) until they end; in a thread of its own."""
        growing = threading.Thread(target=self._grow, name="narrator face", daemon=True)
        growing.start()
        try:
            for samples, at_s in blocks:
                self._motion.push(samples)
                zero_s = at_s - self._motion.heard_s
                known_s = zero_s if self._zero_s is None else self._zero_s
                self._zero_s = min(zero_s, known_s + (1 - LATENCY_KEPT) * (zero_s - known_s))
        finally:
            self._ended.set()
            growing.join()

    def _grow(self) -> None:
        while not self._ended.is_set():
            if not self._motion.grow():
                self._ended.wait(GROW_LOOK_S)

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> FacePerformance:
        """As the performer."""
        return self._performer.perform(utterance, delivery, viewport, clock_s)

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        """The face as the sound of behind_s ago moves it; the waiting one before anything came in."""
        if self._zero_s is None:
            return self._performer.rest(delivery, viewport, clock_s, thinking)
        moment_s = min(clock_s - self._zero_s - self._behind_s, self._motion.heard_s)
        with self._drawing:
            frame = self._motion.frame(max(moment_s, 0.0))
        return self._performer.drawn(viewport, frame)

    def mouth_width_px(self, viewport: Viewport) -> float:
        """As the performer."""
        return self._performer.mouth_width_px(viewport)
