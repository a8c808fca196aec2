"""Requests in, answers of a worker process out; killed when too slow, started again when dead.

Both ways a message is two blocks, JSON and bytes, each behind 4 bytes of length (big-endian).
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Sequence
from typing import IO, Any

from narrator import child_process

_CLOSE_LIMIT_S = 1.0


class WorkerDied(Exception):
    """The worker crashed or was killed in the middle of a request."""


class WorkerProcess:
    """One child process that answers one request at a time; requests come from one thread at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the worker without waiting for it, so that it is warm when the first request comes."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a group of its own: killed with what it started, and deaf to Ctrl-C
        )

    def ask(self, request: dict[str, Any], payload: bytes = b"", *, limit_s: float) -> tuple[dict[str, Any], bytes]:
        """One request and its answer. Raises WorkerDied; the next request then meets a fresh worker."""
        self.start()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        killer = threading.Timer(
            limit_s, child_process.kill, (process,)
        )  # the read below then meets the end of the pipe
        killer.daemon = True
        killer.start()
        try:
            body = json.dumps(request).encode()
            process.stdin.write(len(body).to_bytes(4, "big") + body + len(payload).to_bytes(4, "big") + payload)
            process.stdin.flush()
            header = json.loads(_read_block(process.stdout))
            return header, _read_block(process.stdout)
        except (OSError, EOFError) as fault:
            self.close()
            raise WorkerDied(f"exit status {process.returncode}") from fault
        except BaseException:
            self.close()  # an interrupted exchange leaves the pipe out of step
            raise
        finally:
            killer.cancel()

    def close(self) -> None:
        """Ends the worker."""
        process, self._process = self._process, None
        if process is None:
            return
        child_process.end(process, _CLOSE_LIMIT_S)
        assert process.stdout is not None
        process.stdout.close()


def _read_block(pipe: IO[bytes]) -> bytes:
    head = pipe.read(4)
    if len(head) < 4:
        raise EOFError
    size = int.from_bytes(head, "big")
    block = pipe.read(size)
    if len(block) < size:
        raise EOFError
    return block
