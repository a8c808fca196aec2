"""Messages for the window in, a process of its own that shows it and answers out."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable

from narrator.errors import OutputError
from narrator.outputs.window_messages import Message, encode, receive
from narrator.outputs.window_platform import QT_PACKAGES, window_platform

START_LIMIT_S = 20.0
"""A cold start of Qt from a slow disk; a warm one takes half a second."""
END_LIMIT_S = 2.0
_LINES_KEPT = 20
_QT_LIBRARIES = f"On Debian and Ubuntu run: sudo apt-get install -y {QT_PACKAGES}, or write a film with --to FILE.mp4"


class WindowLink:
    """A running window process. Its answers come to on_message, in the link's own thread."""

    def __init__(self, on_message: Callable[[Message], None]) -> None:
        self._on_message = on_message
        self._loaded = threading.Event()
        self._gone = threading.Event()
        self._said: deque[str] = deque(maxlen=_LINES_KEPT)
        platform = window_platform(os.environ)
        self.notice = platform.notice
        environment = dict(os.environ)
        if platform.qt_platform:
            environment["QT_QPA_PLATFORM"] = platform.qt_platform
        self._process = subprocess.Popen(
            [sys.executable, "-m", "narrator.outputs.window_process"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._listeners = [
            threading.Thread(target=listen, name="narrator window link", daemon=True)
            for listen in (self._listen, self._listen_to_errors)
        ]
        for listener in self._listeners:
            listener.start()

    @property
    def is_gone(self) -> bool:
        """Whether the process has ended, for whatever reason."""
        return self._gone.is_set()

    def wait_until_loaded(self) -> None:
        """Returns once the process takes messages. Raises OutputError."""
        for _ in range(round(START_LIMIT_S / 0.05)):
            if self._loaded.wait(0.05):
                return
            if self.is_gone:
                raise self.failure()
        raise OutputError("the window within 20 s", "its process does not answer", "Run: narrator doctor")

    def send(self, kind: str, **fields: object) -> None:
        """Sends one message; to a process that has gone, nothing."""
        stdin = self._process.stdin
        assert stdin is not None
        with contextlib.suppress(OSError, ValueError):  # the pipe is closed: is_gone tells the rest
            stdin.write(encode(kind, **fields))
            stdin.flush()

    def failure(self) -> OutputError:
        """What to say about a process that ended by itself."""
        for listener in self._listeners:
            listener.join(END_LIMIT_S)
        said = " ".join(self._said)
        if "ImportError" in said or "platform plugin" in said:
            return OutputError("Qt to open a window", self._said[-1].strip(), _QT_LIBRARIES)
        code = self._process.poll()
        return OutputError(
            "the window to stay open",
            f"its process ended with code {code}",
            "Run the command again, or write a film with --to FILE.mp4",
        )

    def close(self) -> None:
        """Asks the process to end, and ends it when it does not."""
        self.send("quit")
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for listener in self._listeners:
            listener.join(END_LIMIT_S)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _listen(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        while (message := receive(stdout)) is not None:
            if message["kind"] == "loaded":
                self._loaded.set()
            else:
                self._on_message(message)
        self._gone.set()
        self._on_message({"kind": "gone"})

    def _listen_to_errors(self) -> None:
        stderr = self._process.stderr
        assert stderr is not None
        for line in stderr:
            self._said.append(line.decode(errors="replace"))
