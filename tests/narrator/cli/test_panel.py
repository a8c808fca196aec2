"""The panel is opened for a narration that runs; where there is none, that is an error as with every command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.narrator.cli.command import environment

LIMIT_S = 60.0


@pytest.mark.skipif(sys.platform == "win32", reason="only on Linux and macOS")
@pytest.mark.parametrize("wanted", [[], ["12"]])
def test_a_narration_that_does_not_run_cannot_be_attached_to(tmp_path: Path, wanted: list[str]) -> None:
    ours, theirs = os.openpty()
    with tempfile.TemporaryDirectory(prefix="nr-") as runtime:
        command = [sys.executable, "-m", "narrator", "panel", "--attach", *wanted]
        more = environment(tmp_path, XDG_RUNTIME_DIR=runtime, TERM="xterm-256color")
        done = subprocess.run(command, env=more, stdin=theirs, stdout=theirs, stderr=theirs, timeout=LIMIT_S)
    os.close(theirs)
    told = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 1
    assert told.startswith("narrator: ")
    assert told.count("\n") == 1
