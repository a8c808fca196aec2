"""A temporary file's path in; the file, ours alone, out, or one line that another is writing it.

A claim ends with its process, however that ends, so what a crash left behind is simply written over.
"""

from __future__ import annotations

import os
from pathlib import Path

from narrator.errors import OutputError

CHOOSE_ANOTHER = "Choose a folder that exists and that you may write to."


class FileClaim:
    """Held from its making until release(). Raises OutputError where the file cannot be made or is taken."""

    def __init__(self, path: Path) -> None:
        try:
            self._handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
        except OSError as fault:
            raise OutputError(
                f"a file that can be written at {path}", fault.strerror or str(fault), CHOOSE_ANOTHER
            ) from fault
        self._is_held = True
        if os.name == "nt":  # Windows lets no open file be moved, and two writers of one file meet that by themselves
            self.release()
        elif _is_taken(self._handle):
            self.release()
            raise OutputError(
                "one narration for each film",
                f"another one is writing {path} just now",
                "Wait for it, or choose another name.",
            )

    def release(self) -> None:
        """Lets others have it."""
        if self._is_held:
            self._is_held = False
            os.close(self._handle)


def _is_taken(handle: int) -> bool:
    """Whether another process, or another output of this one, holds it; else it is ours from here on."""
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a network folder without locks: as if nobody else were there
        return False
    return False
