"""Two narrations never write one film; what a crash left behind is in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from narrator.errors import OutputError
from narrator.outputs.file_claim import FileClaim


def test_a_second_claim_is_refused_until_the_first_is_released(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("Windows itself refuses to move a file that is open")
    first = FileClaim(tmp_path / "a.part.mp4")
    with pytest.raises(OutputError, match="another one is writing"):
        FileClaim(tmp_path / "a.part.mp4")
    first.release()
    first.release()
    FileClaim(tmp_path / "a.part.mp4").release()


def test_a_claim_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    left_behind = tmp_path / "a.part.mp4"
    code = f"""
import os, pathlib, signal
from narrator.outputs.file_claim import FileClaim
held = FileClaim(pathlib.Path({str(left_behind)!r}))
os.kill(os.getpid(), signal.SIGTERM)
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode != 0
    assert left_behind.exists()
    FileClaim(left_behind).release()


def test_a_folder_that_lets_nothing_be_made_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"):
        FileClaim(tmp_path / "nowhere" / "a.part.mp4")
