"""A child process in, its end out: asked for by the end of its standard input, forced where it does not come."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from typing import AnyStr


def end(process: subprocess.Popen[AnyStr], limit_s: float) -> None:
    """Returns once it has ended: by itself within limit_s seconds, or killed with what it started.

    Its other pipes stay open, for whoever still reads its last words.
    """
    if process.stdin is not None:
        with contextlib.suppress(OSError):  # a dead child's pipe is broken already
            process.stdin.close()
    try:
        process.wait(limit_s)
    except subprocess.TimeoutExpired:
        kill(process)
        process.wait()


def kill(process: subprocess.Popen[AnyStr]) -> None:
    """At once; where it leads a group of its own (start_new_session), all it started with it."""
    if process.poll() is not None:
        return
    if os.name != "posix":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            os.kill(process.pid, signal.SIGKILL)
