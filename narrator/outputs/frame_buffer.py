"""Finished pictures in, the newest whole one out in another process, through shared memory.

The writer takes the slot that is neither published nor being read; the reader marks the one it shows until it takes the
next. Both work on one small memory-mapped file, which any operating system can share.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from narrator.flow import RgbImage

SLOTS = 3
CHANNELS = 4
"""Blue, green, red, alpha, the colours multiplied by it: what Qt shows without conversion."""
_HEADER_BYTES = 64
"""One cache line for the three numbers below."""
_SEQUENCE, _PUBLISHED, _READING = 0, 1, 2
_SUFFIX = ".frames"
_MEMORY_FOLDER = Path("/dev/shm")
"""Files in memory on Linux; elsewhere the temporary folder, whose pages the system rarely writes out."""

Picture = npt.NDArray[np.uint8]


class FrameBuffer:
    """The memory as numpy arrays."""

    def __init__(self, path: Path, width: int, height: int) -> None:
        self.path = path
        size = _HEADER_BYTES + SLOTS * width * height * CHANNELS
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), size)
        self._numbers = np.frombuffer(self._memory, np.int64, 3)
        slots = np.frombuffer(self._memory, np.uint8, SLOTS * width * height * CHANNELS, _HEADER_BYTES)
        self._slots = slots.reshape(SLOTS, height, width, CHANNELS)
        self.size = (width, height)

    @property
    def sequence(self) -> int:
        """Number of the newest picture."""
        return int(self._numbers[_SEQUENCE])

    @classmethod
    def create(cls, width: int, height: int, *, after: int = 0) -> FrameBuffer:
        """A new buffer in a file that only this user may read; its pictures count on from after. Raises OSError."""
        folder = Path(tempfile.gettempdir())
        if _MEMORY_FOLDER.is_dir() and os.access(_MEMORY_FOLDER, os.W_OK):
            folder = _MEMORY_FOLDER
        _sweep(folder)
        handle, name = tempfile.mkstemp(prefix=f"narrator-{os.getpid()}-", suffix=_SUFFIX, dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.truncate(_HEADER_BYTES + SLOTS * width * height * CHANNELS)
        buffer = cls(Path(name), width, height)
        buffer._numbers[_READING] = -1
        buffer._numbers[_SEQUENCE] = after
        return buffer

    def remove_file(self) -> None:
        """Takes the name away; memory that is mapped stays until both sides let go."""
        try:
            self.path.unlink(missing_ok=True)
        except PermissionError:
            return  # Windows keeps a mapped file; its owner tries again when it closes

    def publish(self, image: RgbImage) -> int:
        """Writes image (RGB, or RGBA with straight alpha) into a free slot as the newest; returns its number."""
        import cv2

        numbers = self._numbers
        taken = (int(numbers[_PUBLISHED]), int(numbers[_READING]))
        slot = next(slot for slot in range(SLOTS) if slot not in taken)
        if image.shape[2] == CHANNELS:
            premultiplied = cv2.cvtColor(image, cv2.COLOR_RGBA2mRGBA)
            cv2.cvtColor(premultiplied, cv2.COLOR_RGBA2BGRA, dst=self._slots[slot])
        else:
            cv2.cvtColor(image, cv2.COLOR_RGB2BGRA, dst=self._slots[slot])
        sequence = int(numbers[_SEQUENCE]) + 1
        numbers[_PUBLISHED] = slot
        numbers[_SEQUENCE] = sequence
        return sequence

    def newest(self) -> tuple[int, Picture]:
        """(number, picture) of the newest whole picture, which stays untouched until the next call."""
        numbers = self._numbers
        while True:
            sequence, slot = int(numbers[_SEQUENCE]), int(numbers[_PUBLISHED])
            numbers[_READING] = slot
            if int(numbers[_PUBLISHED]) == slot:
                return sequence, self._slots[slot]


def _sweep(folder: Path) -> None:
    """Removes what a killed process left there; another user's stays, and on Windows what is still mapped."""
    for left in folder.glob(f"narrator-*-*{_SUFFIX}"):
        with contextlib.suppress(OSError, ValueError):
            if not _lives(int(left.name.split("-")[1])):
                left.unlink()


def _lives(process: int) -> bool:
    if os.name == "nt":
        return False  # os.kill would end it; what it uses cannot be removed there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
