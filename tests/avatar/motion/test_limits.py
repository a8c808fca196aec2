"""Head and brows bend towards their limits and never pass them."""

from __future__ import annotations

import numpy as np

from avatar.motion.limits import HEAD_LIMITS_DEG, added, limit_head
from avatar.motion_frame import CHANNELS, INDEX


def test_the_head_bends_towards_its_limits() -> None:
    values = np.full((3, len(CHANNELS)), 50.0, np.float32)
    values[0] = 0.1
    limit_head(values)
    for name, limit in HEAD_LIMITS_DEG.items():
        assert np.abs(values[:, INDEX[name]]).max() <= limit
        assert abs(values[0, INDEX[name]] - 0.1) < 1e-3
    assert values[1, INDEX["smile"]] == 50.0


def test_what_comes_on_top_has_the_room_that_is_left() -> None:
    there, what = np.array([0.0, 3.5, 3.5, -2.0]), np.array([0.1, 9.0, -1.0, 0.0])
    both = added(there, what, 4.0)
    assert np.abs(both).max() <= 4.0
    assert abs(both[0] - 0.1) < 1e-3
    assert both[1] > 3.5
    assert 2.4 < both[2] < 2.6
    assert both[3] == -2.0
