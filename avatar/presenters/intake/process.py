"""A picture's path in, a presenter's folder out, made by a child process with limits."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from narrator.errors import PictureError

TIME_LIMIT_S = 90.0
"""Ten seconds are promised on two idle cores; this is for busy ones."""
LARGEST_BYTES = 200 << 20
CHOOSE = "Choose a picture file."


def make_from_picture(
    picture: Path,
    into: Path,
    *,
    name: str,
    title: str,
    face: int | None,
    tell: Callable[[str, str], None],
) -> dict[str, Any]:
    """Writes the presenter's files into the folder. Raises PictureError.

    tell is called with ("step" or "warning", one line). Returned: the picture's format and the face's width.
    """
    request = json.dumps({"into": str(into), "name": name, "title": title, "face": face})
    handle = open_picture(picture)
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "avatar.presenters.intake.worker", request],
            stdin=handle,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    finally:
        os.close(handle)
    killer = threading.Timer(TIME_LIMIT_S, child.kill)
    killer.start()
    try:
        return _follow(child, tell)
    finally:
        is_late = not killer.is_alive()
        killer.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
        if is_late:
            raise PictureError(
                f"a presenter within {TIME_LIMIT_S:.0f} s", "it was not done by then", "Try a smaller picture."
            )


def open_picture(path: Path) -> int:
    """A descriptor of a regular file, behind symbolic links too; never waits at a pipe. Raises PictureError."""
    expected = f"a picture file at {path}"
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as fault:
        came = getattr(fault, "strerror", None) or str(fault)
        raise PictureError(expected, came[:1].lower() + came[1:], CHOOSE) from fault
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise PictureError(expected, "it is a folder" if stat.S_ISDIR(found.st_mode) else "it is no file", CHOOSE)
    if found.st_size > LARGEST_BYTES:
        os.close(handle)
        most = f"a picture file of at most {LARGEST_BYTES >> 20} MiB"
        raise PictureError(most, f"{path} has {found.st_size >> 20}", "Save the picture smaller.")
    return handle


def _follow(child: subprocess.Popen[bytes], tell: Callable[[str, str], None]) -> dict[str, Any]:
    assert child.stdout is not None
    for line in child.stdout:
        message = json.loads(line)
        if "fault" in message:
            raise PictureError(*message["fault"])
        if "done" in message:
            done: dict[str, Any] = message["done"]
            return done
        for kind, words in message.items():
            tell(kind, words)
    raise PictureError(
        "a picture that can be read", "reading it failed (too large, or damaged)", "Save it again as JPEG or PNG."
    )


def _environment() -> dict[str, str]:
    """Ours, with the place of these packages first, so that the child finds the same ones; one thread for sums."""
    home = str(Path(__file__).resolve().parents[3])
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONIOENCODING": "utf-8",
        "OPENBLAS_NUM_THREADS": "1",
    }
