"""Pieces of sound with their places in, one gapless stream of samples out, taken as the film proceeds."""

from __future__ import annotations

from collections import deque

import numpy as np

from narrator.flow import Samples


class SoundTrack:
    """Silence, with pieces of sound laid onto it one after the other."""

    def __init__(self) -> None:
        self._pieces: deque[tuple[int, Samples]] = deque()
        self.taken = 0
        """Samples handed out so far."""

    def place(self, samples: Samples, at_sample: int) -> None:
        """Lays samples down from at_sample; what has been taken already is lost from them."""
        late = max(0, self.taken - at_sample)
        if late < len(samples):
            self._pieces.append((at_sample + late, samples[late:]))

    def take(self, until_sample: int) -> Samples:
        """Everything from where the last call ended up to until_sample."""
        stretch = np.zeros(max(0, until_sample - self.taken), np.int16)
        while self._pieces and self._pieces[0][0] < until_sample:
            start, samples = self._pieces.popleft()
            fitting = samples[: until_sample - start]
            stretch[start - self.taken : start - self.taken + len(fitting)] = fitting
            if len(fitting) < len(samples):
                self._pieces.appendleft((until_sample, samples[len(fitting) :]))
                break
        self.taken += len(stretch)
        return stretch

    def cut(self, from_sample: int = 0) -> None:
        """Forgets what has not been taken of the pieces that begin at from_sample or later."""
        self._pieces = deque(piece for piece in self._pieces if piece[0] < from_sample)
