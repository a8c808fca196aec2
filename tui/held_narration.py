"""Sources and settings in, a narration in a process of its own, which ends with the panel or goes on, out."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from narrator import child_process
from narrator.errors import NarratorError, NotRunning, RemoteRefused
from narrator.settings import Settings
from tui.narration import Answer, AttachedNarration

PROGRAM = "narrator.held_process"
GO_ON = "go on"
"""Follows narrator/held_process."""
END_LIMIT_S = 10.0
"""For a film that is being closed, and a window."""
LAST_WORDS = 3


@dataclass(frozen=True)
class Wish:
    """What is to be narrated, and where."""

    settings: Settings
    sources: Sequence[str] = ()
    targets: Sequence[str] = ()
    """Of narrator read --to."""
    is_held: bool = False
    """Nothing is said before the person says so."""
    from_start: bool = False
    password: str | None = None


class HeldNarration:
    """Follows tui.narration.Narration."""

    is_own = True

    def __init__(self, wish: Wish, tell: Callable[[str], object]) -> None:
        """Returns once it can be steered; tell hears of what goes on in it, in lines. Raises NarratorError."""
        self._tell = tell
        self._said: deque[str] = deque(maxlen=LAST_WORDS)
        self._process = subprocess.Popen(
            [sys.executable, "-m", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self._send(json.dumps(asdict(wish)))
        try:
            self.id = self._opened()
            self._attached = AttachedNarration(self.id)
        except NarratorError:
            child_process.end(self._process, END_LIMIT_S)
            self._hear_on()
            raise
        self._hearing = threading.Thread(target=self._hear_on, name="narrator-panel-held", daemon=True)
        self._hearing.start()

    def ask(self, command: str, **fields: object) -> Answer:
        """Follows Narration."""
        return self._attached.ask(command, **fields)

    def watch(self) -> Iterator[Answer]:
        """Follows Narration."""
        yield from self._attached.watch()

    def close(self) -> None:
        """Follows Narration."""
        self._attached.close()

    def let_go(self) -> None:
        """It reads on without the panel, and ends when nothing is left."""
        self._send(GO_ON)

    def end(self) -> None:
        """It ends, and its outputs are closed whole; one that was let go is waited for."""
        child_process.end(self._process, END_LIMIT_S)
        self._hearing.join()

    def _send(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
        except OSError:  # it has ended; why is told by what it said
            return

    def _opened(self) -> str:
        for told in self._heard():
            if told.get("id"):
                return str(told["id"])
            if "id" in told:
                raise NotRunning(
                    "a socket to steer the narration by", "none could be made", "Use narrator read SOURCE instead."
                )
            if "error" in told:
                raise RemoteRefused(*told["error"])
        self._process.wait()
        came = " ".join(self._said) or f"it ended with {self._process.returncode}"
        raise NotRunning("the narration's process to start", came, "Run: narrator doctor")

    def _hear_on(self) -> None:
        for _ in self._heard():
            pass
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _heard(self) -> Iterator[dict[str, Any]]:
        """What it tells, but for lines, which are passed on; what it only says is kept for when it fails."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                told = json.loads(line)
            except ValueError:
                self._said.append(line.strip())
                continue
            if "line" in told:
                self._tell(str(told["line"]))
            else:
                yield told
