"""Blocks of sound with the moment each will be heard in, the position heard at any moment out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

BLOCKS_KEPT = 256
"""More than any latency holds: 256 blocks of 3 ms are 0.8 s."""
SMOOTHING = 0.1
"""Share of a block's measured lateness that is believed: callbacks jitter by milliseconds, devices do not."""
JUMP_S = 0.03
"""A difference this large is no jitter: the device ran dry or slept, and the measurement is believed whole."""


@dataclass(frozen=True, slots=True)
class _Block:
    heard_at_s: float
    position_s: float
    length_s: float


class HeardTime:
    """Follows a device that takes one block after the other. Moments are readings of one monotonic clock."""

    def __init__(self) -> None:
        self._blocks: deque[_Block] = deque(maxlen=BLOCKS_KEPT)
        self._next_heard_at_s: float | None = None
        self._start_s = 0.0

    def restart(self, position_s: float) -> None:
        """A new sound begins at position_s with the next block; the device's own time runs on."""
        self._blocks.clear()
        self._start_s = position_s

    def handed_over(self, heard_at_s: float, block_s: float, position_s: float, length_s: float) -> None:
        """A block of block_s, length_s of it sound from position_s on, will be heard from heard_at_s on."""
        expected_s = self._next_heard_at_s
        if expected_s is not None and abs(heard_at_s - expected_s) < JUMP_S:
            heard_at_s = expected_s + SMOOTHING * (heard_at_s - expected_s)
        self._next_heard_at_s = heard_at_s + block_s
        self._blocks.append(_Block(heard_at_s, position_s, length_s))

    def position_s(self, at_s: float) -> float:
        """What is heard at at_s; before the first block is heard, the time that is left until then counts down."""
        for block in reversed(self._blocks):
            if block.heard_at_s <= at_s:
                return block.position_s + min(at_s - block.heard_at_s, block.length_s)
        if self._blocks:
            return self._blocks[0].position_s - (self._blocks[0].heard_at_s - at_s)
        return self._start_s
