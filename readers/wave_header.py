"""A .wav file in, how much sound its header promises and how much of that is there out."""

from __future__ import annotations

import struct
from pathlib import Path

CHUNK = struct.Struct("<4sI")
FORMAT = struct.Struct("<HHII")
MOST_CHUNKS = 1000
UNKNOWN_BYTES = 0x7FFF0000
"""Whoever writes into a pipe cannot know the length, and puts a number about as large as there is."""


def promised_and_there_s(file: Path) -> tuple[float, float] | None:
    """Both in seconds; None for what is no .wav, or does not say. Raises OSError."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        if opened.read(4) != b"RIFF" or opened.read(8)[4:] != b"WAVE":
            return None
        bytes_a_second = 0
        for _ in range(MOST_CHUNKS):
            head = opened.read(CHUNK.size)
            if len(head) < CHUNK.size:
                return None
            kind, length = CHUNK.unpack(head)
            if kind == b"data":
                is_known = bytes_a_second > 0 and 0 < length < UNKNOWN_BYTES
                there = min(length, size - opened.tell())
                return (length / bytes_a_second, there / bytes_a_second) if is_known else None
            after = opened.tell() + length + length % 2
            if kind == b"fmt " and len(shape := opened.read(FORMAT.size)) == FORMAT.size:
                bytes_a_second = FORMAT.unpack(shape)[3]
            opened.seek(after)
    return None
