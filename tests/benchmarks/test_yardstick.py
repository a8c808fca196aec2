"""The yardstick is one remap of the same size, timed in turns with what it measures."""

from __future__ import annotations

import time

from benchmarks.yardstick import python_start_s, remap_of, side_by_side_s


def test_a_bigger_frame_costs_more() -> None:
    big_s, small_s = side_by_side_s(remap_of(640, 480), remap_of(64, 48), 9)
    assert big_s > small_s


def test_what_takes_longer_has_the_larger_figure() -> None:
    ours_s, yardstick_s = side_by_side_s(lambda: time.sleep(0.01), lambda: time.sleep(0.001), 5)
    assert ours_s >= 0.01
    assert ours_s > yardstick_s >= 0.001


def test_starting_python_takes_some_time() -> None:
    assert 0.001 < python_start_s() < 30
