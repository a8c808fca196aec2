"""`--to terminal` in a real terminal: a face that follows its size, and a terminal left as it was."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from narrator.outputs.terminal import ENTER, LEAVE, PAUSED, TerminalScreen, is_plain_terminal
from tests.narrator.cli.command import environment

TEXT = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen."


class InTerminal:
    """narrator in a pseudo-terminal of that many columns and rows."""

    def __init__(self, home: Path, *options: str, columns: int = 60, rows: int = 30, **variables: str) -> None:
        self.master, slave = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(slave)
        words = ("read", "--to", "terminal", "--voice", "silent", "--text", TEXT, *options)
        kept = environment(home) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | variables
        kept.pop("NO_COLOR", None) if "NO_COLOR" not in variables else None
        self.process = subprocess.Popen(
            [sys.executable, "-m", "narrator", *words],
            cwd=home,
            env=kept,
            stdin=slave,
            stdout=slave,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.slave = slave
        self.shown = ""

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float) -> str:
        """What it writes meanwhile."""
        until_s, piece = time.monotonic() + seconds, b""
        while (left_s := until_s - time.monotonic()) > 0:
            if select.select([self.master], [], [], left_s)[0]:
                piece += os.read(self.master, 1 << 16)
        self.shown += (text := piece.decode(errors="replace"))
        return text

    def read_until(self, part: str, limit_s: float = 20.0) -> None:
        until_s = time.monotonic() + limit_s
        while part not in self.shown:
            assert time.monotonic() < until_s, self.shown[-500:]
            self.read(0.1)

    def end(self, limit_s: float = 10.0) -> int:
        until_s = time.monotonic() + limit_s
        while self.process.poll() is None:
            assert time.monotonic() < until_s
            self.read(0.1)
        self.read(0.2)
        return int(self.process.returncode)


@pytest.fixture
def in_terminal(tmp_path: Path) -> Iterator[Any]:
    made: list[InTerminal] = []

    def start(*options: str, **variables: Any) -> InTerminal:
        made.append(InTerminal(tmp_path, *options, **variables))
        return made[-1]

    yield start
    for one in made:
        one.process.kill()
        one.process.wait()
        os.close(one.master)
        os.close(one.slave)


def test_a_face_in_half_blocks_with_its_caption_and_the_terminal_as_it_was(in_terminal: Any) -> None:
    one = in_terminal()
    one.read_until("three")
    assert one.shown.count("▀") > 60 * 27 * 0.9
    assert "\x1b[38;2;" in one.shown
    assert "\x1b[7m" in one.shown, "the word being said is marked"
    os.write(one.master, b"q")
    assert one.end() == 0
    assert one.shown.index(ENTER[:8]) < one.shown.index(LEAVE)
    assert termios.tcgetattr(one.slave) == one.before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_an_end_from_outside_give_the_terminal_back(in_terminal: Any, number: signal.Signals) -> None:
    one = in_terminal()
    one.read_until("▀")
    one.process.send_signal(number)
    assert one.end() == 130
    assert one.shown.rstrip().endswith(LEAVE)
    assert termios.tcgetattr(one.slave) == one.before


def test_it_follows_the_terminals_size(in_terminal: Any) -> None:
    one = in_terminal()
    one.read_until("two")
    one.resize(40, 20)
    one.process.send_signal(signal.SIGWINCH)
    one.read_until("\x1b[2J\x1b[1;1H")
    after = one.read(1.0)
    columns = [int(column) for column in re.findall(r"\x1b\[\d+;(\d+)H", after)]
    rows = [int(row) for row in re.findall(r"\x1b\[(\d+);\d+H", after)]
    assert max(columns) <= 40
    assert max(rows) <= 20


def test_keys_pause_and_go_on(in_terminal: Any) -> None:
    one = in_terminal()
    one.read_until("two")
    os.write(one.master, b" ")
    one.read_until("space goes on")
    one.read(0.5)
    assert "▀" in one.read(1.0), "the face lives on"
    os.write(one.master, b" ")
    one.read_until("five")


def test_a_notice_never_hides_how_a_pause_is_ended() -> None:
    screen = TerminalScreen(environment={"TERM": "xterm"})
    face = np.zeros((24, 40, 3), np.uint8)
    screen.set_paused(True)
    screen.notify("There is no sound.")
    assert PAUSED in screen._frame(face, None, 0)
    screen.set_paused(False)
    assert "There is no sound." in screen._frame(face, None, 0)


@pytest.mark.parametrize("words", [{"options": ("--plain",)}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_plain_it_is_lines_and_nothing_else(in_terminal: Any, words: dict[str, Any]) -> None:
    one = in_terminal(*words.pop("options", ()), **words)
    one.read_until("two")
    assert "\x1b" not in one.shown
    assert "▀" not in one.shown


def test_without_a_terminal_it_is_plain() -> None:
    assert is_plain_terminal({"TERM": "xterm"}), "pytest's output is no terminal"
