"""What the process that speaks has to report in, bytes on a pipe out; and back, where they are read."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, BinaryIO

ALIVE_S = 1.0


class News(StrEnum):
    """What a report tells of a message, or of the process itself."""

    BEGUN = "begun"
    SOUND = "sound"
    """To be heard next; detail: samples a second; sound: 16-bit mono, little-endian."""
    MARK = "mark"
    """The sound has reached it; detail: its name."""
    HEARD = "heard"
    """One more of the message's sentences, to its end."""
    ENDED = "ended"
    PAUSED = "paused"
    VOICES = "voices"
    """Of no message; detail: a JSON list of what LIST VOICES answers."""
    ALIVE = "alive"
    """Of no message: still at work."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report."""

    news: News
    number: int = 0
    """Of the message, as the wish to say it had it."""
    detail: str = ""
    sound: bytes = b""


class Reports:
    """The side that reports. May be used by any thread; the messages' own reports come from the one that speaks."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._sending = threading.Lock()
        self._sent_s = 0.0

    def tell(self, report: Report) -> None:
        """At once and whole. Raises OSError where nobody listens any more."""
        detail = report.detail.encode("utf-8", "replace")
        head = f"{report.news} {report.number} {len(detail)} {len(report.sound)}\n"
        with self._sending:
            self._sent_s = time.monotonic()
            self._pipe.write(head.encode() + detail + report.sound)
            self._pipe.flush()

    def breathe(self) -> None:
        """Says that it is still at work, where it has said nothing else for ALIVE_S."""
        if time.monotonic() - self._sent_s > ALIVE_S:
            self.tell(Report(News.ALIVE))


def next_report(pipe: IO[bytes]) -> Report | None:
    """None once the other side has gone, whatever it left unfinished."""
    try:
        head = pipe.readline()
        news, number, of_detail, of_sound = head.split()
        detail, sound = pipe.read(int(of_detail)), pipe.read(int(of_sound))
        if not head.endswith(b"\n") or len(detail) < int(of_detail) or len(sound) < int(of_sound):
            return None
        return Report(News(news.decode()), int(number), detail.decode("utf-8", "replace"), sound)
    except (OSError, ValueError):
        return None
