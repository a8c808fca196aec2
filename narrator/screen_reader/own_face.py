"""The settings in, a narration with a window and nothing to read out: the face for speech that no other one shows."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from dataclasses import asdict

from narrator import child_process
from narrator.settings import Settings

_log = logging.getLogger(__name__)

PROGRAM = "narrator.held_process"
WINDOW = "window"
END_LIMIT_S = 15.0
SOONEST_AGAIN_S, LATEST_AGAIN_S = 2.0, 128.0
"""From one start to the next: twice as long each time, where the one before lived no longer than LATEST_AGAIN_S."""


class OwnFace:
    """A process of its own, that ends with this one. Used by one thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._began_s = -LATEST_AGAIN_S
        self._again_s = SOONEST_AGAIN_S

    @property
    def id(self) -> str:
        """The narration's, once it can be found; empty where there is none."""
        return str(self._process.pid) if self._process is not None else ""

    def open(self) -> None:
        """Unless it is open, or has crashed a moment ago. It comes when it is ready."""
        if self._process is not None and self._process.poll() is None:
            return
        lived_s = time.monotonic() - self._began_s
        if lived_s < self._again_s:
            return
        self._again_s = SOONEST_AGAIN_S if lived_s > LATEST_AGAIN_S else min(2 * self._again_s, LATEST_AGAIN_S)
        self.end()
        self._began_s = time.monotonic()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM],
                stdin=subprocess.PIPE,  # what it has to say goes to our own log
                start_new_session=True,
            )
            assert self._process.stdin is not None
            wish = {"sources": [], "targets": [WINDOW], "password": None, "from_start": False, "is_held": False}
            self._process.stdin.write(f"{json.dumps({'settings': asdict(self._settings), **wish})}\n".encode())
            self._process.stdin.flush()
        except OSError as fault:
            _log.warning("no face could be opened: %s", fault)

    def end(self) -> None:
        """Closes it."""
        process, self._process = self._process, None
        if process is not None:
            child_process.end(process, END_LIMIT_S)
