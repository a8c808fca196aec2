"""The product's own camera process with a camera that writes down when each picture came, and which, out.

TIMED names the file: a line for each picture, its moment in seconds and a checksum of it.
"""

from __future__ import annotations

import os
import time
import zlib
from typing import Any

import numpy as np
import pyvirtualcam

from narrator.outputs.camera_process import main

BACKEND = "timed"
FILE = "TIMED"
EVERY = 8
"""Pixels: a checksum of one in so many, either way, tells two pictures apart."""


class TimedCamera:
    """Follows pyvirtualcam's Backend."""

    def __init__(self, *, width: int, height: int, **_: Any) -> None:
        self._shape = (height, width, 3)
        self._lines = open(os.environ[FILE], "a", encoding="utf-8")  # noqa: SIM115 - closed by close()

    def send(self, frame: np.ndarray) -> None:
        """One picture, as another program would get it."""
        at_s = time.perf_counter()
        seen = np.ascontiguousarray(np.asarray(frame).reshape(self._shape)[::EVERY, ::EVERY])
        self._lines.write(f"{at_s} {zlib.crc32(seen)}\n")
        self._lines.flush()

    def close(self) -> None:
        """No more come."""
        self._lines.close()

    def device(self) -> str:
        """Its name."""
        return BACKEND

    def native_fmt(self) -> Any:
        """None of its own."""
        return None


pyvirtualcam.register_backend(BACKEND, TimedCamera)

if __name__ == "__main__":
    raise SystemExit(main())
