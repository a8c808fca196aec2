"""Nods go down and come back smoothly, as deep and as often as they are asked, and no two need be alike."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion.nods import Nod

TIMES = np.arange(-3.0, 6.0, 1 / 30)


def lowest_points(depth: np.ndarray) -> list[float]:
    inner = depth[1:-1]
    return [float(inner[i]) for i in np.flatnonzero((inner > depth[:-2]) & (inner >= depth[2:]) & (inner > 0.05))]


def outside(nod: Nod, depth: np.ndarray) -> np.ndarray:
    return np.concatenate([depth[: np.searchsorted(TIMES, nod.begin_s)], depth[np.searchsorted(TIMES, nod.end_s) :]])


def test_a_single_nod_is_deepest_at_its_moment_and_nothing_outside() -> None:
    nod = Nod(1.0, 0.4, 0.8)
    depth = nod.depth(TIMES)
    assert TIMES[np.argmax(depth)] == pytest.approx(1.0, abs=1 / 30)
    assert depth.max() == pytest.approx(1.0, abs=0.01)
    assert set(outside(nod, depth)) == {0.0}


def test_it_may_go_down_quicker_than_it_comes_up() -> None:
    depth = Nod(1.0, 0.3, 0.9).depth(TIMES)
    bowed = TIMES[depth > 0.5]
    assert 1.0 - bowed.min() < 0.5 * (bowed.max() - 1.0)


def test_cycles_begin_deeper_than_a_single_nod_and_become_shallower() -> None:
    depths = lowest_points(Nod(1.0, 0.3, 0.5, cycles=3, cycle_s=0.7).depth(TIMES))
    assert len(depths) == 3
    assert depths[0] > 1.1
    assert depths[0] > depths[1] > depths[2]
    assert depths[2] / depths[1] < depths[1] / depths[0]


def test_it_may_begin_with_a_lift_of_the_head() -> None:
    nod = Nod(1.0, 0.4, 0.8, lift=0.3)
    depth = nod.depth(TIMES)
    assert depth.min() == pytest.approx(-0.3, abs=0.1)
    assert TIMES[np.argmin(depth)] < 0.8
    assert set(outside(nod, depth)) == {0.0}


def test_nothing_jumps() -> None:
    for nod in (Nod(1.0, 0.3, 0.5), Nod(1.0, 0.3, 0.5, 3, 0.6), Nod(1.0, 0.4, 0.6, lift=0.3)):
        assert np.abs(np.diff(nod.depth(TIMES))).max() < 0.3  # of a depth of 1.3, down within 0.3 s
