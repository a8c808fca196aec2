"""Left and right brow share what both do, never evenly for long, and never more than a little apart."""

from __future__ import annotations

import numpy as np

from avatar.motion.brows import LEAN, sides

CLOCK = np.arange(0.0, 120.0, 1 / 30)


def test_now_one_and_now_the_other_does_more() -> None:
    left, right = sides(CLOCK, 0)
    assert np.allclose(left + right, 2.0)
    assert (left - right).max() > 0.3 * LEAN
    assert (right - left).max() > 0.3 * LEAN
    assert np.abs(left - 1.0).max() <= LEAN


def test_it_changes_slowly() -> None:
    assert np.abs(np.diff(sides(CLOCK, 0)[0])).max() < 0.02
