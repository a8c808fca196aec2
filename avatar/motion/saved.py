"""A file that `narrator motion` wrote in, its motion out, to be drawn again on any presenter."""

from __future__ import annotations

import json
import math
import os
import stat
import threading
from array import array
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np

from avatar.articulation import target
from avatar.motion_frame import CHANNELS, MOUTH_CHANNELS, MotionTrack
from narrator.errors import FaceError
from narrator.places import named_path

ASKED = "asked_"
"""Before a channel's name: what was asked of the face, beside what a ruler read from what was drawn."""
ROUNDING_S = 1e-3
"""Times in the file are rounded; a frame's moment must not fall into the frame before it."""
ROUNDING = 0.01
"""Of a channel, likewise."""
FACE_LIMITS = {
    **dict.fromkeys(("eyelid_left", "eyelid_right", "breath"), (0.0, 1.0)),
    **dict.fromkeys(("gaze_yaw_deg", "gaze_pitch_deg"), (-60.0, 60.0)),
    **dict.fromkeys(("head_yaw_deg", "head_pitch_deg", "head_roll_deg"), (-45.0, 45.0)),
    "weight_shift_mm": (-20.0, 20.0),
}
"""Beyond all that is ever asked of a face (all wishes at their ends: 49 degrees of gaze, 19 of the head, 4.4 mm)."""
LIMITS = {
    **dict(zip(MOUTH_CHANNELS, zip(target.LOWEST.tolist(), target.HIGHEST.tolist(), strict=True), strict=True)),
    **dict.fromkeys(CHANNELS[len(MOUTH_CHANNELS) :], (-1.0, 1.0)),
    **FACE_LIMITS,
}
"""Channel -> the least and the most that it may be."""
RATES = (1.0, 240.0)
"""Frames a second that a motion may have."""
ONE_FRAME_FPS = 30.0
"""Of a motion of one frame, which is held anyway."""
MOST_BYTES = 1 << 30
"""Six hours at 30 frames a second."""
LONGEST_LINE = 1 << 16
"""Bytes; ours have 1,500."""
HELD = 2
"""Motions kept in memory: the one in force and the one before."""
EXPECTED = "a motion that narrator wrote"
NEXT_STEP = "Write one with: narrator motion SOURCE -o FILE.jsonl; or choose diffusion or rules for motion."

_held: dict[str, tuple[tuple[int, ...], MotionTrack]] = {}
"""File -> what it was when it was read, and its motion."""
_holding = threading.Lock()


def asked(values: np.ndarray) -> dict[str, float]:  # type: ignore[type-arg]
    """The channels of one frame as a row of the file has them."""
    return {f"{ASKED}{name}": float(value) for name, value in zip(CHANNELS, values, strict=True)}


def whole_motion(file: str) -> MotionTrack:
    """All of it, read anew where the file has changed; its times are the narration's own, its phones are empty.

    Raises FaceError for a file that is missing, no plain file, or holds anything but a motion.
    """
    with _opened(file) as opened, _holding:
        found = os.fstat(opened.fileno())
        now = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        if file not in _held or _held[file][0] != now:
            whole = _whole(file, opened)
            _held.pop(file, None)
            while len(_held) >= HELD:
                del _held[next(iter(_held))]
            _held[file] = (now, whole)
        _held[file] = _held.pop(file)  # the last to be forgotten
        return _held[file][1]


def held_motion(file: str) -> MotionTrack:
    """As the file was when it was asked for: whoever replaces or removes it meanwhile does not disturb who watches.

    Raises FaceError as whole_motion does.
    """
    with _holding:
        if (held := _held.pop(file, None)) is not None:
            _held[file] = held
            return held[1]
    return whole_motion(file)


def saved_motion(file: str, start_s: float, fps: float, frames: int) -> MotionTrack:
    """The frames from start_s of the narration's time on; stays at both ends. Its times are the narration's own.

    Raises FaceError as whole_motion does.
    """
    whole = held_motion(file)
    shown = [whole.at(start_s + i / fps + ROUNDING_S) for i in range(frames)]
    return MotionTrack(start_s, fps, ("",) * frames, np.stack([frame.values for frame in shown]))


def _opened(file: str) -> BinaryIO:
    """Never waits at a pipe."""
    try:
        handle = os.open(named_path(file), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise FaceError(EXPECTED, f"there is no {file}", NEXT_STEP) from None
    except (OSError, ValueError) as fault:
        raise _none(file, f"it cannot be opened ({getattr(fault, 'strerror', None) or fault})") from None
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise _none(file, "it is a folder" if stat.S_ISDIR(found.st_mode) else "it is no plain file")
    if found.st_size > MOST_BYTES:
        os.close(handle)
        raise _none(file, f"it has {found.st_size >> 20} MiB, more than {MOST_BYTES >> 20}")
    return os.fdopen(handle, "rb")


def _whole(file: str, opened: BinaryIO) -> MotionTrack:
    times, values = array("d"), array("f")
    try:
        for number, line in _lines(opened):
            try:
                time_s, channels = _frame(line)
                _check_time(times, time_s)
            except (ValueError, RecursionError, OverflowError) as fault:
                raise _none(file, f"line {number}: {_reason(fault)}") from None
            times.append(time_s)
            values.extend(channels)
        fps = _rate(times)
    except (ValueError, OSError) as fault:
        raise _none(file, str(fault)) from None
    table = np.frombuffer(values, np.float32).reshape(len(times), len(CHANNELS)).copy()
    return MotionTrack(times[0], fps, ("",) * len(times), table)


def _lines(opened: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(number, line) of each that is not blank, counted from 1."""
    number = 0
    while line := opened.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise ValueError(f"line {number} is longer than {LONGEST_LINE:,} bytes")
        if line.strip():
            yield number, line


def _frame(line: bytes) -> tuple[float, list[float]]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("a frame is missing")  # noqa: TRY004 - a fault of the file, as all others here
    channels = [_number(row, f"{ASKED}{name}") for name in CHANNELS]
    for place, ((name, (low, high)), value) in enumerate(zip(LIMITS.items(), channels, strict=True)):
        if not low - ROUNDING <= value <= high + ROUNDING:
            raise ValueError(f"{ASKED}{name} is {value:g}, which is not within {low:g} and {high:g}")
        channels[place] = min(max(value, low), high)
    return _number(row, "time_s"), channels


def _number(row: dict[str, Any], name: str) -> float:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name} is missing" if value is None else f"{name} is no number")
    if not math.isfinite(number := float(value)):
        raise ValueError(f"{name} is not finite")
    return number


def _check_time(times: array[float], time_s: float) -> None:
    """Each frame as long after the one before as the second is after the first, but for rounding."""
    if not times:
        return
    gap_s = time_s - times[-1]
    if gap_s <= 0:
        raise ValueError(f"its time, {time_s:g} s, is not after that of the frame before")
    usual_s = times[1] - times[0] if len(times) > 1 else gap_s
    if abs(gap_s - usual_s) > usual_s / 2:
        raise ValueError(f"its time, {time_s:g} s, is out of step with the frames before")


def _rate(times: array[float]) -> float:
    """Frames a second."""
    if not times:
        raise ValueError("it is empty")
    fps = round((len(times) - 1) / (times[-1] - times[0]), 3) if len(times) > 1 else ONE_FRAME_FPS
    if not RATES[0] <= fps <= RATES[1]:
        raise ValueError(f"it has {fps:g} frames a second, not {RATES[0]:g} to {RATES[1]:g}")
    return fps


def _reason(fault: Exception) -> str:
    if isinstance(fault, json.JSONDecodeError | UnicodeDecodeError | RecursionError):
        return "it is no JSON object of one frame"
    return "a number is too large" if isinstance(fault, OverflowError) else str(fault)


def _none(file: str, why: str) -> FaceError:
    return FaceError(EXPECTED, f"{file} is none: {why}", NEXT_STEP)
