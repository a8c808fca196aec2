"""A child ends when its standard input does, and is killed with all it started when it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from narrator import child_process
from tests.narrator.quick_narration import wait_for

LIMIT_S = 30.0
DEAF = (
    "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {inner!r}, *sys.argv[1:]]); time.sleep(600)"
)
GRANDCHILD = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"


def child(*words: str, alone: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", *words], stdin=subprocess.PIPE, start_new_session=alone)


def test_one_that_reads_its_input_ends_by_itself() -> None:
    process = child("import sys; sys.stdin.read(); sys.exit(7)")
    child_process.end(process, LIMIT_S)
    assert process.returncode == 7


def test_one_that_does_not_listen_is_killed() -> None:
    process = child("import time; time.sleep(600)")
    child_process.end(process, 0.1)
    assert process.returncode != 0
    child_process.end(process, 0.1)
    child_process.kill(process)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only on Linux")
def test_what_it_started_is_killed_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    process = child(DEAF.format(inner=GRANDCHILD), str(note), alone=True)
    wait_for(lambda: note.exists() and note.read_text() != "", LIMIT_S)
    child_process.end(process, 0.1)
    wait_for(lambda: not is_running(int(note.read_text())), LIMIT_S)


def is_running(pid: int) -> bool:
    """A zombie that nobody has asked for yet does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
