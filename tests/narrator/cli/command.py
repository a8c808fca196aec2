"""Words of a command in, what it printed and how it ended out, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
QUICK = ("--voice", "silent", "--presenter", "still", "--width", "160", "--height", "160")
"""A narration by twins, in tiny pictures."""


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


def environment(home: Path, **more: str) -> dict[str, str]:
    """A person without a display and with settings of their own."""
    dropped = ("NARRATOR_", "XDG_", "PYTEST_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
    for key in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        kept.pop(key, None)
    return kept | {"HOME": str(home), "PYTHONPATH": str(ROOT)} | more


def narrator(home: Path, *words: str, stdin: str = "", **more: str) -> Result:
    """Runs it to its end in the folder home."""
    done = subprocess.run(
        [sys.executable, "-m", "narrator", *words],
        cwd=home,
        env=environment(home, **more),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Result(done.returncode, done.stdout, done.stderr)
