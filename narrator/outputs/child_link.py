"""A module to run and messages for it in, a process of its own that answers out."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping

from narrator import child_process
from narrator.errors import OutputError
from narrator.outputs.window_messages import Message, encode, receive

START_LIMIT_S = 20.0
"""A cold start from a slow disk; a warm one takes half a second."""
END_LIMIT_S = 2.0
_LINES_KEPT = 20


class ChildLink:
    """A running child. Its answers come to on_message, in the link's own thread."""

    def __init__(
        self, module: str, on_message: Callable[[Message], None], environment: Mapping[str, str] = os.environ
    ) -> None:
        self._on_message = on_message
        self._loaded = threading.Event()
        self._gone = threading.Event()
        self._said: deque[str] = deque(maxlen=_LINES_KEPT)
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._listeners = [
            threading.Thread(target=listen, name=f"narrator link to {module}", daemon=True)
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
        raise OutputError("an answer within 20 s", "narrator's own process gives none", "Run: narrator doctor")

    def send(self, kind: str, **fields: object) -> None:
        """Sends one message; to a process that has gone, nothing."""
        stdin = self._process.stdin
        assert stdin is not None
        with contextlib.suppress(OSError, ValueError):  # the pipe is closed: is_gone tells the rest
            stdin.write(encode(kind, **fields))
            stdin.flush()

    @property
    def last_words(self) -> str:
        """The last line of its standard error; empty where it said nothing."""
        return self._said[-1].strip() if self._said else ""

    def failure(self) -> OutputError:
        """What to say about a process that ended by itself."""
        for listener in self._listeners:
            listener.join(END_LIMIT_S)
        return self._explained(self._process.poll())

    def _explained(self, code: int | None) -> OutputError:
        return OutputError(
            "a process of narrator's to go on",
            f"it ended with code {code}. {self.last_words}",
            "Run the command again, or write a film with --to FILE.mp4",
        )

    def close(self) -> None:
        """Asks the process to end, and ends it when it does not."""
        self.send("quit")
        child_process.end(self._process, END_LIMIT_S)
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
