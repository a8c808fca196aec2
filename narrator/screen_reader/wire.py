"""Speech Dispatcher's requests in over one pipe; our answers, events and sound out over the other.

The protocol: "Communication Protocol for Output Modules" in Speech Dispatcher's manual, and what release 0.11.4 does.
"""

from __future__ import annotations

import threading
from typing import BinaryIO

ESCAPE, INVERTED = 0x7D, 0x20
"""As in HDLC: an escaped byte follows the escape with this bit turned round."""
_ESCAPED = tuple((bytes((byte,)), bytes((ESCAPE, byte ^ INVERTED))) for byte in (ESCAPE, ord("\n")))
"""In the order in which they have to be replaced."""


class Wire:
    """Lines both ways. Requests are read by one thread; anything may be sent from any."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests = requests
        self._answers = answers
        self._sending = threading.Lock()

    def request(self) -> str | None:
        """The next line; None once the server has gone."""
        raw = self._requests.readline()
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
        told = "".join(sign if sign.isprintable() else " " for sign in name)
        self.answer(f"700-{told}", "700 INDEX MARK")

    def sound(self, pcm: bytes, rate_hz: int) -> None:
        """16-bit mono samples, little-endian, which the server plays when all it got before has been played."""
        escaped = pcm
        for plain, sent in _ESCAPED:
            escaped = escaped.replace(plain, sent)
        fields = (("bits", 16), ("num_channels", 1), ("sample_rate", rate_hz), ("num_samples", len(pcm) // 2))
        head = "".join(f"705-{name}={value}\n" for name, value in (*fields, ("big_endian", 0)))
        self._send(head.encode() + b"705-AUDIO\0" + escaped + b"\n705 AUDIO\n")

    def _send(self, data: bytes) -> None:
        with self._sending:
            self._answers.write(data)
            self._answers.flush()
