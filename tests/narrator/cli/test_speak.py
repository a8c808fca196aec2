"""`narrator speak`: what is typed is said line by line, by a face that is there all the time."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.narrator.cli.command import environment, narrator


def test_each_line_is_said_and_an_empty_one_is_not(tmp_path: Path) -> None:
    done = narrator(
        tmp_path, "speak", "--to", "none", "--voice", "silent", "--plain", stdin="Hello there.\n\nIt is me.\n"
    )
    assert done.code == 0
    assert [line for line in done.err.splitlines() if line.startswith("1: ")] == ["1: Hello there.", "1: It is me."]


def test_it_waits_for_the_next_line_and_a_film_is_refused(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "narrator", "speak", "--to", "none", "--voice", "silent", "--plain"],
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stderr is not None
    assert "Ctrl-D" in process.stderr.readline()
    for words in ("One.", "Two."):
        time.sleep(0.3)
        process.stdin.write(f"{words}\n")
        process.stdin.flush()
        while (line := process.stderr.readline()) and line != f"1: {words}\n":
            pass
        assert line
    process.stdin.close()
    assert process.wait(10) == 0
    process.stderr.close()
    assert narrator(tmp_path, "speak", "--to", "film.mp4").code == 2
