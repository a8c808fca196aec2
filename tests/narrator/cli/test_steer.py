"""A running narration is steered by other commands, each saying in one line what is wrong."""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from narrator.cli import STOPPED
from narrator.cli.steer import status
from narrator.remote.door import HAS_SOCKET_FILES, open_door
from narrator.remote.server import Server
from tests.desktop import Desktop
from tests.narrator.cli.command import QUICK, Result, environment, narrator
from tests.narrator.quick_narration import wait_for
from tests.narrator.remote.test_server import News

LIMIT_S = 60.0
"""Python, numba and a window, on a busy machine."""
TEXT = "\n\n".join(f"This is paragraph {number}. It has a second sentence." for number in range(1, 31))


class Steered:
    """A narration in a window, and commands from other processes."""

    def __init__(self, home: Path, more: dict[str, str], *outputs: str) -> None:
        self._home, self._more = home, more
        (home / "book.txt").write_text(TEXT)
        command = [sys.executable, "-m", "narrator", "read", "book.txt", *QUICK, *outputs, "--plain"]
        self.process = subprocess.Popen(
            command, cwd=home, env=environment(home, **more), stderr=subprocess.PIPE, text=True
        )
        self.said: list[str] = []

    def run(self, *words: str) -> Result:
        return narrator(self._home, *words, **self._more)

    def state(self) -> dict[str, Any]:
        told = self.run("status", "--json")
        return dict(json.loads(told.out)[0]) if told.code == 0 else {}

    def end(self) -> str:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.communicate(timeout=10)[1]


@pytest.fixture
def steered(tmp_path: Path, desktop: Desktop) -> Iterator[Steered]:
    with tempfile.TemporaryDirectory(prefix="nr-") as runtime:
        more = {"XDG_RUNTIME_DIR": runtime, "DISPLAY": desktop.display, "QT_QPA_PLATFORM": "xcb"}
        made = Steered(tmp_path, more)
        wait_for(lambda: made.state().get("status") == "speaking", LIMIT_S)
        yield made
        made.end()


def test_a_film_that_is_stopped_from_elsewhere_says_that_there_is_none(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="nr-") as runtime:
        film = Steered(tmp_path, {"XDG_RUNTIME_DIR": runtime}, "--to", "film.mp4", "--to", "none")
        wait_for(lambda: film.state().get("status") == "speaking", LIMIT_S)
        assert film.run("stop").code == 0
        said = film.process.communicate(timeout=20)[1]
    assert said.splitlines()[-1] == "narrator: stopped, so there is no film"
    assert film.process.returncode == STOPPED
    assert not [path.name for path in tmp_path.iterdir() if "film" in path.name]


def test_every_command_reaches_it(steered: Steered) -> None:
    assert steered.run("pause").code == 0
    assert steered.run("seek", "21", "2").code == 0
    wait_for(lambda: steered.state()["sentence_index"] == 20)
    assert steered.state()["status"] == "paused"
    assert steered.run("next", "--paragraph").code == 0
    assert steered.run("previous").code == 0
    assert steered.run("rate", "180").code == 0
    assert steered.run("resume").code == 0
    wait_for(lambda: steered.state()["rate_wpm"] == 180)
    assert steered.run("queue", "add", "book.txt").code == 0
    assert steered.run("queue").out == f"2: {Path(steered._home, 'book.txt')}\n"
    refused = steered.run("next", "--heading")
    assert (refused.code, refused.out) == (1, "")
    assert (
        refused.err == "narrator: expected a heading after this place; there is none. Stay here, or go the other way.\n"
    )
    assert steered.run("change", "rate", "9000").code == 1
    told = steered.run("status").out
    assert "book.txt" in told
    assert steered.run("stop").code == 0
    assert steered.process.wait(10) == 0


def test_it_goes_on_tomorrow_where_it_was_killed_today(steered: Steered) -> None:
    steered.run("seek", "31")
    wait_for(lambda: steered.state()["sentence_index"] == 30)
    wait_for(lambda: any(json.loads(f.read_text())["sentence"] == 30 for f in steered._home.rglob("positions/*.json")))
    steered.process.kill()
    again = Steered(steered._home, steered._more)
    wait_for(lambda: again.state().get("status") == "speaking", LIMIT_S)
    assert again.state()["resumed_at"] == 30
    assert "going on at sentence 31" in again.end()


def test_where_nothing_runs_each_command_says_so_in_one_line(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="nr-") as runtime:
        for words in (("pause",), ("status",), ("queue",), ("status", "--id", "12")):
            told = narrator(tmp_path, *words, XDG_RUNTIME_DIR=runtime)
            assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
            assert told.err.startswith("narrator: expected a running narration; ")


@pytest.mark.parametrize("words", [("seek", "0"), ("seek", "x"), ("queue", "move", "1"), ("queue", "remove", "x")])
def test_wrong_usage_ends_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert narrator(tmp_path, *words).code == 2


@pytest.fixture
def runtime_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short one: a socket's whole path may have about a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="nr-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.mark.skipif(not HAS_SOCKET_FILES, reason="file modes are POSIX")
def test_one_that_does_not_answer_keeps_no_other_from_being_told(
    runtime_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("narrator.remote.client.ANSWER_LIMIT_S", 0.2)
    whole = {"status": "speaking", "title": "Page", "progress": None, "sentence_index": 0, "sentence": "Read."}
    made = Server(open_door(), lambda _: {"state": whole}, News())
    made.start()
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(runtime_folder / "narrator" / "97.socket"))
        mute.listen()
        assert status(argparse.Namespace(id="", watch=False, json=False)) == 0
    made.close()
    assert "speaking: Page" in capsys.readouterr().out
