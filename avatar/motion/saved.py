"""A file that `narrator motion` wrote in, its motion out, to be drawn again on any presenter."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from avatar.motion_frame import CHANNELS, MotionTrack
from narrator.errors import FaceError

SUFFIX = ".jsonl"
ASKED = "asked_"
"""Before a channel's name: what was asked of the face, beside what a ruler read from what was drawn."""
ROUNDING_S = 1e-3
"""Times in the file are rounded; a frame's moment must not fall into the frame before it."""
NEXT_STEP = "Write it anew: narrator motion SOURCE -o FILE.jsonl"


def asked(values: np.ndarray) -> dict[str, float]:  # type: ignore[type-arg]
    """The channels of one frame as a row of the file has them."""
    return {f"{ASKED}{name}": float(value) for name, value in zip(CHANNELS, values, strict=True)}


def saved_motion(file: str, start_s: float, fps: float, frames: int) -> MotionTrack:
    """The frames from start_s of the narration's time on; held at both ends. Its times are the narration's own.

    Raises FaceError for a file that is missing or holds no motion.
    """
    whole = _read(file, Path(file).stat().st_mtime_ns if Path(file).exists() else 0)
    shown = [whole.at(start_s + i / fps + ROUNDING_S) for i in range(frames)]
    phones = tuple(frame.phone for frame in shown)
    return MotionTrack(start_s, fps, phones, np.stack([frame.values for frame in shown]))


@lru_cache(maxsize=2)
def _read(file: str, _changed: int) -> MotionTrack:
    try:
        rows = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        values = np.array([[row[f"{ASKED}{name}"] for name in CHANNELS] for row in rows], np.float32)
        first_s, last_s = float(rows[0]["time_s"]), float(rows[-1]["time_s"])
        fps = round((len(rows) - 1) / (last_s - first_s), 3) if len(rows) > 1 else 30.0
        return MotionTrack(first_s, fps, tuple(str(row["phone"]) for row in rows), values)
    except (OSError, ValueError, KeyError, IndexError, TypeError, ZeroDivisionError) as fault:
        raise FaceError("a motion that narrator wrote", f"{file} is none ({fault})", NEXT_STEP) from None
