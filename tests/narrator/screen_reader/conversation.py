"""What speaks without what talks with the server: messages go in, and what it reports is read back."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from narrator.screen_reader.reports import News, Reports, next_report
from narrator.screen_reader.speaking import Speaking, Wish
from narrator.screen_reader.voices import Voices
from narrator.screen_reader.wording import Message

LIMIT_S = 30.0


class NoFaces:
    """Follows narrator.screen_reader.faces.Faces, and shows nothing."""

    is_there = False

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self.hushed = 0

    def attend(self, is_over: object) -> None: ...

    def show(self, line: dict[str, Any], *, is_new: bool) -> None:
        self.shown.append({**line, "is_new": is_new})

    def hush(self) -> None:
        self.hushed += 1

    def close(self) -> None: ...


class NoSound:
    """Follows narrator.screen_reader.sounding.Sound: time passes, nothing is heard."""

    latency_s = 0.0

    def __init__(self) -> None:
        self.started: list[Any] = []
        self.stopped_s: list[float] = []

    def start(self, samples: Any, rate_hz: int, heard_at_s: float, number: int) -> None:
        self.started.append(samples)

    def feed(self, now_s: float) -> None: ...

    def stop(self) -> None:
        self.stopped_s.append(time.perf_counter())

    def close(self) -> None: ...


class Conversation:
    """A Speaking of its own and what it has reported so far, but for sound and signs of life."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self._reading, self._writing = os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
        self.told: list[str] = []
        self.faces, self.sound, self.voices = NoFaces(), NoSound(), Voices(130)
        self.speaking = Speaking(Reports(self._writing), self.voices, self.sound, self.faces)  # type: ignore[arg-type]
        self._number = 0
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def say(self, message: Message, *, heard: int = 0, own_mark: str = "") -> int:
        """The number it was given."""
        self._number += 1
        self.speaking.accept(Wish(self._number, message, heard, own_mark))
        return self._number

    def wait_for(self, report: str, times: int = 1) -> None:
        until_s = time.monotonic() + LIMIT_S
        while self.told.count(report) < times:
            assert time.monotonic() < until_s, f"{report} did not come: {self.told}"
            time.sleep(0.005)

    def end(self) -> None:
        self.speaking.close()
        self._writing.close()
        self._listening.join(LIMIT_S)
        self._reading.close()

    def _listen(self) -> None:
        while (report := next_report(self._reading)) is not None:
            if report.news not in (News.SOUND, News.ALIVE):
                self.told.append(f"{report.number} {report.news} {report.detail}".strip())
