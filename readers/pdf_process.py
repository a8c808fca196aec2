"""A request for a PDF in; the child process's messages out, with a watch on a child gone silent."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Any

SILENCE_LIMIT_S = 20.0
"""The child breaks off its own steps after 3 to 6 s of processor time; longer silence means C code hangs."""
MAX_MESSAGE_BYTES = 8 << 20
QUEUED_MESSAGES = 16
"""Messages read ahead; a full queue stops the child until the blocks are wanted."""


class WorkerSilent(Exception):
    """The child sent nothing for too long and was ended."""


class WorkerGone(Exception):
    """The child ended without saying why."""


class PdfWorker:
    """One child process that reads one PDF."""

    def __init__(self, path: str, password: str | None) -> None:
        self._messages: queue.Queue[bytes | None] = queue.Queue(QUEUED_MESSAGES)
        self._closed = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "readers.pdf_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        request = json.dumps({"path": path, "password": password})  # not in argv: others can see it
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(request.encode() + b"\n")
            self._process.stdin.close()
        self._thread = threading.Thread(
            target=_pump, args=(self._process, self._messages, self._closed), name="pdf messages", daemon=True
        )
        self._thread.start()
        self.close = weakref.finalize(self, _end, self._process, self._closed, self._thread)

    @property
    def process_id(self) -> int:
        """Of the child."""
        return self._process.pid

    def next_message(self, limit_s: float = SILENCE_LIMIT_S) -> dict[str, Any]:
        """The next message; raises WorkerSilent or WorkerGone."""
        try:
            line = self._messages.get(timeout=limit_s)
        except queue.Empty:
            self.close()
            raise WorkerSilent from None
        if line is None:
            self.close()
            raise WorkerGone
        try:
            message = json.loads(line)
        except ValueError:
            self.close()
            raise WorkerGone from None
        return message if isinstance(message, dict) else {}


def _pump(process: subprocess.Popen[bytes], messages: queue.Queue[bytes | None], closed: threading.Event) -> None:
    """Carries lines from the pipe to the queue until either end is done."""
    assert process.stdout is not None
    line: bytes | None = b""
    while line is not None and not closed.is_set():
        line = process.stdout.readline(MAX_MESSAGE_BYTES) or None
        while not closed.is_set():
            with contextlib.suppress(queue.Full):
                messages.put(line, timeout=0.2)
                break


def _end(process: subprocess.Popen[bytes], closed: threading.Event, thread: threading.Thread) -> None:
    closed.set()
    if process.poll() is None:
        process.kill()
    process.wait()
    thread.join(timeout=5)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _environment() -> dict[str, str]:
    """Ours, with the place of these packages first, so that the child finds the same ones."""
    home = str(Path(__file__).resolve().parent.parent)
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8", "PYTHONSAFEPATH": "1"}
