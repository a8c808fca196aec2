"""A picture's size in, the cost of one cv2.remap of it out; or the cost of starting Python at all."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import cv2
import numpy as np

NUDGE_PX = 0.25
"""How far the almost-identity map moves each pixel, so that nothing can be skipped."""
PYTHON_STARTS = 5


def remap_of(width: int, height: int) -> Callable[[], None]:
    """One cv2.remap: 8-bit, 3 channels, bilinear, float32 maps, almost the identity (design.md)."""
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    picture = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    drawn = np.empty_like(picture)
    moved = x + np.float32(NUDGE_PX)

    def remap() -> None:
        cv2.remap(picture, moved, y, cv2.INTER_LINEAR, dst=drawn)

    return remap


def side_by_side_s(ours: Callable[[], object], yardstick: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds of both, taken in turns, so that a busy machine slows both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for task, taken in zip((ours, yardstick), times, strict=True):
            began_s = time.perf_counter()
            task()
            taken.append(time.perf_counter() - began_s)
    return statistics.median(times[0]), statistics.median(times[1])


def python_start_s() -> float:
    """The quickest of a few starts of Python that do nothing."""
    return min(run_s([sys.executable, "-c", "pass"]) for _ in range(PYTHON_STARTS))


def run_s(command: list[str]) -> float:
    """Seconds that a command takes."""
    began_s = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began_s
