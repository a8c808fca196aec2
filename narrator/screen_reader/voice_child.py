"""Wishes in, to a process that speaks; its reports, and the news that it is gone, out. Nobody waits for it."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from narrator import child_process
from narrator.screen_reader.reports import Report, next_report

PROGRAM = "narrator.screen_reader.voice_process"
END_LIMIT_S = 3.0


class VoiceChild:
    """One such process, from its start to its end. Wishes may come from any thread."""

    def __init__(
        self,
        way: str,
        heard: Callable[[VoiceChild, Report], object],
        lost: Callable[[VoiceChild], object],
    ) -> None:
        """Both are called from a thread of its own, lost last of all. Raises OSError where it cannot be started."""
        self._wishes: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._heard, self._lost = heard, lost
        self._began_s = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", PROGRAM, way],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # whoever ends the server by Ctrl-C lets it end by itself
        )
        for name, work in (("wishes", self._pass_on), ("reports", self._listen)):
            threading.Thread(target=work, name=f"narrator-{name}", daemon=True).start()

    @property
    def age_s(self) -> float:
        """How long ago it was started."""
        return time.monotonic() - self._began_s

    def tell(self, **wish: Any) -> None:
        """In order, when it has read what came before."""
        self._wishes.put(f"{json.dumps(wish)}\n".encode())

    def kill(self) -> None:
        """At once."""
        child_process.kill(self._process)

    def close(self) -> None:
        """Ends it, gently if it answers."""
        self._wishes.put(b"")
        try:
            self._process.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()

    def _pass_on(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError), self._process.stdin as pipe:
            while wish := self._wishes.get():
                pipe.write(wish)
                pipe.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            while (report := next_report(pipe)) is not None:
                self._heard(self, report)
        self.kill()  # it has closed the pipe, so it is of no more use
        self._process.wait()
        self._wishes.put(b"")
        self._lost(self)
