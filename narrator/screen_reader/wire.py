"""Speech Dispatcher's requests in over one pipe; our answers, events and sound out over the other.

The protocol: "Communication Protocol for Output Modules" in Speech Dispatcher's manual, and what release 0.11.4 does.
"""

from __future__ import annotations

import threading
from typing import BinaryIO

ESCAPE, INVERTED = 0x7D, 0x20
"""As in HDLC: an escaped byte follows the escape with this bit turned round."""
_ESCAPED = {byte: bytes((ESCAPE, byte ^ INVERTED)) for byte in (ESCAPE, ord("\n"))}
LINE_LIMIT = 1 << 20
"""Bytes; no message is longer, and who sends more is not Speech Dispatcher."""


class Wire:
    """Lines both ways. Requests are read by one thread; anything may be sent from any."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests = requests
        self._answers = answers
        self._sending = threading.Lock()

    def request(self) -> str | None:
        """The next line; None once the server has gone."""
        raw = self._requests.readline(LINE_LIMIT)
        return raw.decode("utf-8", "replace").rstrip("\r\n") if raw else None

    def data(self) -> list[str]:
        """The lines up to a lone full stop, those that begin with one freed of the second that stands for it."""
        lines: list[str] = []
        while (line := self.request()) is not None and line != ".":
            lines.append(line[1:] if line.startswith("..") else line)
        return lines

    def answer(self, *lines: str) -> None:
        """At once and together. Raises OSError where the server has gone."""
        self._send("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))

    def mark(self, name: str) -> None:
        """The sound has reached that index mark."""
        self.answer(f"700-{' '.join(name.split())}", "700 INDEX MARK")

    def sound(self, pcm: bytes, rate_hz: int) -> None:
        """16-bit mono samples, little-endian, which the server plays when all it got before has been played."""
        escaped = b"".join(_ESCAPED.get(byte, bytes((byte,))) for byte in pcm) if _needs_escape(pcm) else pcm
        fields = (("bits", 16), ("num_channels", 1), ("sample_rate", rate_hz), ("num_samples", len(pcm) // 2))
        head = "".join(f"705-{name}={value}\n" for name, value in (*fields, ("big_endian", 0)))
        self._send(head.encode() + b"705-AUDIO\0" + escaped + b"\n705 AUDIO\n")

    def _send(self, data: bytes) -> None:
        with self._sending:
            self._answers.write(data)
            self._answers.flush()


def _needs_escape(pcm: bytes) -> bool:
    return any(byte in pcm for byte in _ESCAPED)
