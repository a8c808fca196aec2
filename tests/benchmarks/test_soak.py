"""What an hour of minutes says: how fast memory grows, and how far sound and picture drift apart."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks.soak import figures, recorded
from benchmarks.steered_reading import Minute


def an_hour(growth_mb_per_hour: float = 0.0, drift_ms: float = 0.0) -> list[Minute]:
    """Sound 15 to 25 ms behind, 30 pictures a second; memory falls to its place in the first minutes."""
    return [
        Minute(
            number,
            200.0 + growth_mb_per_hour * number / 60 - (50.0 if number < 10 else 0.0),
            [20.0 + away + drift_ms * number / 60 for away in (-5.0, 0.0, 5.0)],
            0,
            [33.0] * 100,
            1,
            {"frames": 1790, "left_out": 10, "closures": 30, "dropped": 0},
        )
        for number in range(1, 61)
    ]


def told(minutes: list[Minute]) -> dict[str, float]:
    return {figure.name: figure.figure for figure in figures(minutes)}


def test_memory_that_only_fills_its_pools_at_first_does_not_grow() -> None:
    assert told(an_hour())["growth of memory, by its slope"] == pytest.approx(0.0, abs=1e-6)


def test_growth_is_told_by_the_hour() -> None:
    assert told(an_hour(growth_mb_per_hour=12.0))["growth of memory, by its slope"] == pytest.approx(12.0)


def test_drift_is_what_the_last_quarter_is_behind_the_first() -> None:
    assert told(an_hour(drift_ms=8.0))["drift, first to last quarter"] == pytest.approx(6.0)


def test_sound_before_its_picture_is_out_of_bounds() -> None:
    minutes = an_hour()
    assert told(minutes)["sound 0 to 40 ms behind, known to 5 ms"] == 100.0
    minutes[0].offsets_ms[0] = -6.0
    assert told(minutes)["sound 0 to 40 ms behind, known to 5 ms"] == pytest.approx(100 * 179 / 180)


def test_frames_and_closures_that_were_left_out_are_counted() -> None:
    figures_told = told(an_hour())
    assert figures_told["frames left out"] == pytest.approx(100 * 10 / 1800)
    assert figures_told["closures left out"] == 0


def test_a_run_that_was_cut_off_can_be_read(tmp_path: Path) -> None:
    record = tmp_path / "soak.jsonl"
    minutes = an_hour()[:7]
    record.write_text("".join(json.dumps(asdict(minute)) + "\n" for minute in minutes))
    assert recorded(record) == minutes
    assert told(recorded(record))
