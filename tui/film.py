"""A command line that makes a film in, a process that makes it out: the panel stays quick, and may close before it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from narrator.errors import NarratorError
from narrator.live_session import running_narration

BEHIND = 10
"""Of nice: a film takes what a live narration leaves."""
LOOK_S = 0.2
"""Between two looks for its socket, which it opens when it has loaded."""
TOLD = "narrator: "
"""How a line begins that tells of a fault."""


def logs() -> Path:
    """Where each film's own words are written."""
    return platformdirs.user_state_path("narrator", appauthor=False) / "films"


@dataclass
class Film:
    """One film in the making, begun by this panel or by an earlier one."""

    id: int
    """Of its process, by which it can be watched like any narration."""
    target: str
    """The film's file; one of that name is written over only once the film is whole."""
    log: str
    """The file of what it says."""
    sources: int
    """How many go into it."""
    _process: subprocess.Popen[bytes] | None = None
    """Of a child of this panel."""

    @classmethod
    def begun(cls, words: Sequence[str], target: str) -> Film:
        """words follow `narrator`: read SOURCE ... --to FILE.mp4 ... Raises OSError."""
        logs().mkdir(parents=True, exist_ok=True)
        handle, log = tempfile.mkstemp(".log", dir=logs())
        with os.fdopen(handle, "wb") as said:
            hold(said.fileno())
            process = subprocess.Popen(
                [sys.executable, "-m", "narrator", *words, "--plain"],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,  # neither a key of the panel's terminal nor the terminal's end reaches it
            )
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, process.pid, BEHIND)
        return cls(process.pid, target, log, max(1, list(words).index("--to") - 1), process)

    @classmethod
    def noted(cls, note: Mapping[str, Any]) -> Film | None:
        """One that an earlier panel left, at work or done; None where the note makes no sense."""
        try:
            film = cls(int(note["id"]), str(note["target"]), str(note["log"]), max(1, int(note["sources"])))
        except (KeyError, TypeError, ValueError):
            return None
        return film if Path(film.log).parent == logs() else None

    @property
    def note(self) -> dict[str, Any]:
        """What the next panel finds it by."""
        return {"id": self.id, "target": self.target, "log": self.log, "sources": self.sources}

    @property
    def name(self) -> str:
        """Without its folders."""
        return Path(self.target).name

    def progress(self) -> Iterator[float]:
        """The share of the whole that is done, whenever it has grown, until it ends."""
        while self._is_at_work():
            state: dict[str, Any] = {}
            with suppress(NarratorError), running_narration(str(self.id)) as narration:
                for told in narration.watch():
                    state |= told.get("state") or told.get("at") or {}
                    yield min(1.0, (max(0, state["number"] - 1) + (state["progress"] or 0.0)) / self.sources)
            time.sleep(LOOK_S)

    def is_made(self) -> bool:
        """Whether the film is there, once it has ended: its name is the last thing that is said."""
        return self.target in self._lines()

    def fault(self) -> str:
        """What went wrong, in one line; empty where nothing did."""
        lines = self._lines()
        told = [line.removeprefix(TOLD) for line in lines if line.startswith(TOLD)]
        if told or self.is_made():
            return told[-1] if told else ""
        return lines[-1] if lines else "it ended before it had said anything"

    def stop(self) -> None:
        """Ends it; it removes its half-made files."""
        if self._is_at_work():
            with suppress(ProcessLookupError, PermissionError):
                os.kill(self.id, signal.SIGTERM)

    def forget(self) -> None:
        """Its end was told."""
        Path(self.log).unlink(missing_ok=True)

    def _is_at_work(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        if os.name == "posix":
            return is_held(self.log)
        with suppress(NarratorError):
            running_narration(str(self.id)).close()
            return True
        return False

    def _lines(self) -> list[str]:
        try:
            said = Path(self.log).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [line.strip() for line in said.splitlines() if line.strip()]


def hold(handle: int) -> None:
    """Until this process and all it starts with that file have closed it: numbers of processes are given again."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def is_held(log: str) -> bool:
    """Whether what writes that file still runs."""
    try:
        import fcntl

        with open(log, "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except (ImportError, OSError):
        return False
    return False
