"""`narrator read clipboard` on a real desktop: what was copied is read in a window that can be seen."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import cv2
import pytest

from tests.desktop import Desktop, require
from tests.narrator.cli.command import environment, narrator

TEXT = "This text was copied. It is read aloud in the window."
WORDS = ("--voice", "silent", "--width", "480", "--height", "360", "--plain")


@pytest.fixture
def screen(desktop: Desktop) -> dict[str, str]:
    """What a program needs to open a window there."""
    return {key: desktop.environment[key] for key in ("DISPLAY", "XAUTHORITY") if key in desktop.environment}


def test_what_was_copied_is_read_in_a_window(tmp_path: Path, desktop: Desktop, screen: dict[str, str]) -> None:
    require("xclip", "import")
    desktop.start("sh", "-c", f"printf '{TEXT}' | xclip -selection clipboard").wait(10)
    before = cv2.imread(str(desktop.screenshot(tmp_path / "before.png")))
    process = subprocess.Popen(
        [sys.executable, "-m", "narrator", "read", "clipboard", *WORDS],
        cwd=tmp_path,
        env=environment(tmp_path) | screen,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if line.startswith("1: "):
            time.sleep(1.0)
            during = cv2.imread(str(desktop.screenshot(tmp_path / "during.png")))
    process.stderr.close()
    assert process.wait(20) == 0
    assert [line for line in lines if line[0].isdigit()] == [
        "1: This text was copied.\n",
        "2: It is read aloud in the window.\n",
    ]
    changed = (cv2.absdiff(before, during).max(axis=2) > 16).mean()
    assert changed > 0.05, "the window covers a part of the screen"


def test_a_source_that_is_not_there_leaves_no_window_behind(tmp_path: Path, screen: dict[str, str]) -> None:
    began_s = time.monotonic()
    result = narrator(tmp_path, "read", "gone.txt", *WORDS, **screen)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert time.monotonic() - began_s < 20
