"""Bytes as they come in, whole JSON objects out, one a line (docs/live.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

LINE_LIMIT = 1 << 16
"""Bytes; the longest request is a text to read, and whoever sends more means no good."""

Line = dict[str, Any]


class NoLine(ValueError):
    """What came is not one JSON object on one line of at most LINE_LIMIT bytes."""


def encode(line: Line) -> bytes:
    """One line."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def decode(line: bytes) -> Line:
    """The object on the line. Raises NoLine."""
    try:
        found = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as fault:
        raise NoLine("something else came") from fault
    if not isinstance(found, dict):
        raise NoLine("something else came")
    return found


class LineBuffer:
    """Bytes that are not a whole line yet."""

    def __init__(self, limit: int = LINE_LIMIT) -> None:
        self._limit = limit
        self._rest = bytearray()

    def lines(self, data: bytes) -> Iterator[bytes]:
        """The lines that are whole now. Raises NoLine once one is too long: nothing after it can be trusted."""
        self._rest += data
        while (end := self._rest.find(b"\n")) >= 0:
            line = bytes(self._rest[:end])
            del self._rest[: end + 1]
            if len(line) > self._limit:
                raise NoLine(f"a line of more than {self._limit} bytes came")
            if line.strip():
                yield line
        if len(self._rest) > self._limit:
            raise NoLine(f"a line of more than {self._limit} bytes came")
