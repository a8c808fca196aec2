"""The clocks count seconds and never run backwards."""

from __future__ import annotations

from narrator.clock import Clock, ManualClock, WallClock


def test_the_wall_clock_never_runs_backwards() -> None:
    clock: Clock = WallClock()
    times = [clock.now_s() for _ in range(100)]
    assert times == sorted(times)


def test_a_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(5.0)
    assert clock.now_s() == clock.now_s() == 5.0
    clock.advance(0.5)
    assert clock.now_s() == 5.5
