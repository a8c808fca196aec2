"""A command line that makes a film in, a process that makes it out, with its progress: the panel stays quick."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

LINES_KEPT = 5
BEHIND = 10
"""Of nice: a film takes what a live narration leaves."""
_SHARE = re.compile(r"^exporting: (\d+) %")


class Film:
    """One film in the making."""

    def __init__(self, words: Sequence[str], target: str) -> None:
        """words follow `narrator`; a file of that name is written over only once the film is whole."""
        self.name = Path(target).name
        self._said: deque[str] = deque(maxlen=LINES_KEPT)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "narrator", *words, "--plain"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, BEHIND)

    def progress(self) -> Iterator[float]:
        """The share of each source that is done, until it ends."""
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._said.append(line.strip())
            if found := _SHARE.match(line):
                yield int(found[1]) / 100
            elif line.startswith("reading:"):
                yield 0.0
        self._process.wait()

    def fault(self) -> str:
        """Why there is no film, in one line; empty where there is one."""
        if self._process.returncode == 0:
            return ""
        return next((line for line in reversed(self._said) if line), f"it ended with {self._process.returncode}")

    def stop(self) -> None:
        """Ends it; it removes its half-made files."""
        if self._process.poll() is None:
            self._process.terminate()
