"""`python -m narrator` is the narrator command."""

from __future__ import annotations

from pathlib import Path

from tests.narrator.cli.command import narrator


def test_it_runs_the_command_and_hands_on_its_exit_code(tmp_path: Path) -> None:
    assert narrator(tmp_path, "--version").code == 0
    assert narrator(tmp_path, "text", "missing.txt").code == 1
    assert narrator(tmp_path, "sing").code == 2
