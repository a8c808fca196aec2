"""`narrator --help` in, how long it takes beside starting Python alone out."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.yardstick import python_start_s, run_s

ROUNDS = 5


def measure() -> Iterator[Figure]:
    """The quickest of a few."""
    start_s = python_start_s()
    help_s = min(run_s([sys.executable, "-m", "narrator", "--help"]) for _ in range(ROUNDS))
    yield Figure(
        "narrator --help", help_s * 1000, "ms", f"starting Python alone, {start_s * 1000:.0f} ms", help_s / start_s
    )
