"""Messages in, said by a process of their own, which is started anew when it dies or hangs; no client waits for it."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections import deque
from dataclasses import asdict
from typing import Any

from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import Message

_log = logging.getLogger(__name__)

PROGRAM = "narrator.screen_reader.voice_process"
ENDED = b"ended\n"
SERVER, DEVICE = "server", "device"
"""Ways of the sound."""
STOP = "703 STOP"
OBEY_LIMIT_S = 5.0
"""A process that has not broken off by then is stuck. Making one sentence takes a tenth of a second."""
END_LIMIT_S = 3.0
LISTED = "304 CANT LIST VOICES"


class VoiceLink:
    """The process that speaks, as its conversation with the server sees it. Asked by one thread."""

    def __init__(self, wire: Wire, answers_number: int, way: str) -> None:
        """answers_number: the server's pipe, into which the process writes itself."""
        self._wire = wire
        self._answers_number = answers_number
        self._way = way
        self._lock = threading.Lock()
        self._owed: deque[str] = deque()
        """For each thing asked that has not ended: what the server is told if it never does."""
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closing = False
        self._watch: threading.Timer | None = None
        self._ended = 0
        """How many things that were asked have ended."""

    def say(self, message: Message) -> None:
        """It is heard, or ends."""
        self._ask({"say": message.body, "kind": message.kind.value, "manner": asdict(message.manner)}, STOP)

    def list_voices(self) -> None:
        """The server is told."""
        self._ask({"voices": True}, LISTED)

    def break_off(self, event: str) -> None:
        """What is being said ends with that event; where the process does not obey, with the process."""
        with self._lock:
            process, due = self._process, self._ended + len(self._owed)
        if process is None or due == self._ended:
            return
        with contextlib.suppress(OSError):
            self._send(process, {"break_off": event})
        if event == STOP and (self._watch is None or not self._watch.is_alive()):
            self._watch = threading.Timer(OBEY_LIMIT_S, self._end_if_stuck, (process, due))
            self._watch.daemon = True
            self._watch.start()

    def start(self) -> None:
        """So that it is warm when the first message comes."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """Ends it."""
        self._is_closing = True
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(END_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _ask(self, wish: dict[str, Any], otherwise: str) -> None:
        """Once more where the process died meanwhile."""
        for _ in range(2):
            with self._lock:
                process = self._started()
                self._owed.append(otherwise)
            try:
                self._send(process, wish)
            except OSError:
                with self._lock:
                    if self._process is process:
                        self._process = None
                    if not self._owed:
                        return  # the listener has told the server already
                    self._owed.pop()
                continue
            return
        self._wire.answer(otherwise)

    @staticmethod
    def _send(process: subprocess.Popen[bytes], wish: dict[str, Any]) -> None:
        assert process.stdin is not None
        process.stdin.write(f"{json.dumps(wish)}\n".encode())
        process.stdin.flush()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM, str(self._answers_number), self._way],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=[self._answers_number],
            )
            threading.Thread(target=self._listen, args=(self._process,), name="narrator-voice", daemon=True).start()
        return self._process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Until it ends; what it still owes is then told to the server, so that no client waits for ever."""
        assert process.stdout is not None
        with process.stdout as told:
            for _ in told:
                with self._lock:
                    self._ended += 1
                    if self._owed:
                        self._owed.popleft()
        with self._lock:
            owed, self._owed = list(self._owed), deque()
            if self._process is process:
                self._process = None
        process.wait()
        if not self._is_closing:
            _log.warning("the voice ended with %s; it is started again", process.returncode)
            with contextlib.suppress(OSError):
                for line in owed:
                    self._wire.answer(line)

    def _end_if_stuck(self, process: subprocess.Popen[bytes], due: int) -> None:
        with self._lock:
            is_stuck = process is self._process and self._ended < due
        if is_stuck:
            process.kill()


def answers_of(standard_output: int = 1) -> int:
    """The server's pipe under a number of its own; standard output is the log's from now on."""
    number = os.dup(standard_output)
    os.dup2(2, standard_output)
    return number
