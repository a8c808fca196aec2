"""A safetensors file in, its arrays and notes out, and back; with numpy alone.

The format: eight bytes with the length of a JSON header, the header, then the bytes of all arrays in order
(https://huggingface.co/docs/safetensors). Only F16 and F32 are read, which is all that we write.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from narrator.errors import FaceError

Floats = npt.NDArray[np.float32]

_TYPES = {"F16": "<f2", "F32": "<f4"}
_LONGEST_HEADER = 1 << 20
NEXT_STEP = "Reinstall narrator, or choose --motion rules."


def read_weights(path: Path) -> tuple[dict[str, Floats], dict[str, str]]:
    """Every array as float32, and the notes. Raises FaceError for a file that is missing or no such file."""
    try:
        data = path.read_bytes()
        (length,) = struct.unpack("<Q", data[:8])
        if length > min(_LONGEST_HEADER, len(data) - 8):
            raise ValueError("its header is too long")
        header = json.loads(data[8 : 8 + length])
        notes = dict(header.pop("__metadata__", {}))
        body = memoryview(data)[8 + length :]
        return {name: _array(entry, body) for name, entry in header.items()}, notes
    except (OSError, ValueError, KeyError, TypeError, struct.error) as fault:
        raise FaceError(
            f"the weights of the motion in {path.name}", f"they cannot be read ({fault})", NEXT_STEP
        ) from None


def write_weights(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]], notes: Mapping[str, str]) -> None:
    """Half precision: 2 bytes a number."""
    header: dict[str, object] = {"__metadata__": dict(notes)}
    pieces, offset = [], 0
    for name, array in arrays.items():
        raw = np.ascontiguousarray(array, np.float16).tobytes()
        header[name] = {"dtype": "F16", "shape": list(array.shape), "data_offsets": [offset, offset + len(raw)]}
        pieces.append(raw)
        offset += len(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(pieces))
    unfinished.replace(path)


def _array(entry: dict[str, Any], body: memoryview) -> Floats:
    first, last = entry["data_offsets"]
    stored = np.frombuffer(body[first:last], np.dtype(_TYPES[entry["dtype"]]))
    return stored.astype(np.float32).reshape(entry["shape"])
