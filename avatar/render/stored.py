"""A file of a presenter's folder, which may come from anybody, in; what it holds out.

Sizes are known before anything is unpacked, files are plain ones, and no code is ever run (no pickle).
"""

from __future__ import annotations

import io
import json
import math
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Arrays = dict[str, npt.NDArray[np.generic]]

LARGEST_JSON_BYTES = 1 << 18
LARGEST_FILE_BYTES = 48 << 20
LARGEST_ARRAYS_BYTES = 32 << 20
"""Unpacked, together; a presenter of 10,000 vertices takes 1 MB."""
MOST_ARRAYS = 400
LONGEST_SIDE_PX = 4096
MOST_PIXELS = 8 << 20
"""Of one texture: 32 MB as RGBA."""
MOST_DIMENSIONS = 3
KINDS = "fiu"
PNG_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def read_json(path: Path) -> dict[str, Any]:
    """An object. Raises OSError or ValueError."""
    try:
        found = json.loads(read_bytes(path, LARGEST_JSON_BYTES))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("it holds no object")
    return found


def read_arrays(path: Path) -> Arrays:
    """Every array of an npz file. Raises OSError or ValueError."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(path, LARGEST_FILE_BYTES))) as store:
            entries = store.infolist()
            if len(entries) > MOST_ARRAYS or sum(entry.file_size for entry in entries) > LARGEST_ARRAYS_BYTES:
                raise ValueError("it holds too many or too large arrays")
            return {entry.filename.removesuffix(".npy"): _array(store.read(entry)) for entry in entries}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as fault:
        raise ValueError(f"its arrays cannot be unpacked ({fault})") from fault


def _array(content: bytes) -> npt.NDArray[np.generic]:
    """One npy file, whose size must be what its header says."""
    file = io.BytesIO(content)
    version = np.lib.format.read_magic(file)  # type: ignore[no-untyped-call]
    if version != (1, 0):
        raise ValueError("it is no array of the usual kind")
    shape, _, kind = np.lib.format.read_array_header_1_0(file)  # type: ignore[no-untyped-call]
    if kind.kind not in KINDS or len(shape) > MOST_DIMENSIONS or min(shape, default=0) < 0:
        raise ValueError("it holds something else than numbers")
    if math.prod(shape) * kind.itemsize != len(content) - file.tell():
        raise ValueError("an array is not as large as it says")
    file.seek(0)
    array: npt.NDArray[np.generic] = np.load(file, allow_pickle=False)
    return array


def texture_bytes(path: Path) -> int:
    """How large a PNG says that it is when unpacked; three channels are the fewest. Raises OSError or ValueError."""
    width, height = _size_of(read_bytes(path, LARGEST_FILE_BYTES, len(PNG_HEAD) + 8), path)
    return 3 * width * height


def _size_of(content: bytes, path: Path) -> tuple[int, int]:
    if not content.startswith(PNG_HEAD) or len(content) < len(PNG_HEAD) + 8:
        raise ValueError(f"{path.name} is no PNG")
    width, height = struct.unpack_from(">II", content, len(PNG_HEAD))
    return width, height


def read_texture(path: Path) -> Pixels:
    """(H, W, 3) or (H, W, 4) sRGB of a PNG. Raises OSError or ValueError."""
    content = read_bytes(path, LARGEST_FILE_BYTES)
    width, height = _size_of(content, path)
    if not (0 < width <= LONGEST_SIDE_PX and 0 < height <= LONGEST_SIDE_PX) or width * height > MOST_PIXELS:
        raise ValueError(f"{path.name} says it has {width} by {height} pixels")
    try:
        loaded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as fault:
        raise ValueError(f"{path.name} cannot be decoded") from fault
    if loaded is None or loaded.dtype != np.uint8 or loaded.ndim != 3 or loaded.shape[2] not in (3, 4):
        raise ValueError(f"{path.name} is no texture of 8 bits in colour")
    swapped = cv2.cvtColor(loaded, cv2.COLOR_BGR2RGB if loaded.shape[2] == 3 else cv2.COLOR_BGRA2RGBA)
    return np.asarray(swapped, np.uint8)


def read_bytes(path: Path, most: int, first: int | None = None) -> bytes:
    """All of a plain file, or so many bytes of it; never waits at a pipe. Raises OSError, or ValueError where it is
    larger than most."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise ValueError(f"{path.name} is no plain file")
        if found.st_size > most:
            raise ValueError(f"{path.name} has {found.st_size >> 20} MiB, more than {most >> 20 or 1}")
        return file.read(most if first is None else first)
