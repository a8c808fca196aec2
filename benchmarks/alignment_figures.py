"""The aligners' errors in, one figure each out; benchmarks/alignment.py has the whole table."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.alignment import measure as measure_all
from benchmarks.figure import Figure

GOAL_MS = {"pocketsphinx": 20.0, "warping": 30.0}
"""Median error of phone onsets that the project set itself."""


def measure() -> Iterator[Figure]:
    """Median error of phone onsets; recordings of people only where they lie beside the checkout."""
    for name, row in measure_all().items():
        goal_ms = GOAL_MS[name.rpartition(", ")[2]]
        median_ms = row["median_ms"]
        yield Figure(f"phone onsets: {name}", median_ms, "ms", f"the goal, {goal_ms:.0f} ms", median_ms / goal_ms)
