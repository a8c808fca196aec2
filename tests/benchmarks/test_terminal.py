"""The benchmarks' terminal times what a program paints after a key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal


def test_what_is_painted_after_a_key_is_timed_and_what_is_not_is_named(tmp_path: Path) -> None:
    terminal = Terminal(["cat"], os.environ, tmp_path)
    try:
        assert 0 < terminal.answered_s(terminal.press("hello\n"), "hello") < 10
        assert terminal.processor_s() >= 0
        with pytest.raises(TimeoutError, match="'nothing' was not painted"):
            terminal.answered_s(terminal.press("more\n"), "nothing", limit_s=0.2)
    finally:
        terminal.end()
