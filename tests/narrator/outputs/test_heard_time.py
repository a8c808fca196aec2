"""The heard position runs evenly over jitter, holds in pauses and follows a device that ran dry."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.outputs.heard_time import HeardTime

BLOCK_S = 0.01


def feed(heard: HeardTime, count: int, first_s: float, position_s: float, jitter_s: float = 0.0) -> None:
    rng = np.random.default_rng(0)
    for block in range(count):
        late_s = jitter_s * rng.random()
        heard.handed_over(first_s + block * BLOCK_S + late_s, BLOCK_S, position_s + block * BLOCK_S, BLOCK_S)


def test_before_any_block_the_position_waits_at_the_start() -> None:
    heard = HeardTime()
    heard.restart(-0.12)
    assert heard.position_s(5.0) == -0.12


def test_before_the_first_block_is_heard_it_counts_down() -> None:
    heard = HeardTime()
    heard.restart(0.0)
    feed(heard, 3, 10.0, 0.0)
    assert heard.position_s(9.95) == pytest.approx(-0.05)


def test_jitter_of_callbacks_is_smoothed() -> None:
    heard = HeardTime()
    heard.restart(0.0)
    feed(heard, 100, 10.0, 0.0, jitter_s=0.008)
    moments = np.linspace(10.5, 10.99, 200)
    errors = [heard.position_s(moment) - (moment - 10.0) for moment in moments]
    assert np.ptp(errors) < 0.003


def test_a_block_without_sound_holds_the_position() -> None:
    heard = HeardTime()
    heard.restart(0.0)
    feed(heard, 5, 10.0, 0.0)
    for block in range(5, 10):
        heard.handed_over(10.0 + block * BLOCK_S, BLOCK_S, 0.05, 0.0)
    assert heard.position_s(10.09) == pytest.approx(0.05)


def test_a_device_that_ran_dry_is_followed_at_once() -> None:
    heard = HeardTime()
    heard.restart(0.0)
    feed(heard, 5, 10.0, 0.0)
    heard.handed_over(10.5, BLOCK_S, 0.05, BLOCK_S)
    assert heard.position_s(10.3) == pytest.approx(0.05)
    assert heard.position_s(10.505) == pytest.approx(0.055)
