"""A moment of the clock in, how much of what the brows do each of them does out: never both the same for long."""

from __future__ import annotations

from avatar.motion.timeline import Floats, sway

LEAN, LEAN_SPEED = 0.32, 2.0
"""How much more than the other one brow does at most, and how quickly that changes against the head's sway."""
STREAM = 75


def sides(clock: Floats, seed: int) -> tuple[Floats, Floats]:
    """(frames,) shares of the left and of the right brow, about 1; clock (frames,) s of the narration."""
    lean = LEAN * sway(clock * LEAN_SPEED, seed, STREAM)
    return 1.0 + lean, 1.0 - lean
