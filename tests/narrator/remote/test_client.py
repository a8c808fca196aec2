"""The newest narration is found, another by its id; what a killed one left is tidied away."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from narrator.errors import NotRunning, RemoteRefused
from narrator.remote.client import connect, running
from narrator.remote.door import HAS_SOCKET_FILES, open_door
from narrator.remote.server import Server
from tests.narrator.remote.test_server import News, answer


def test_where_none_runs_it_says_how_to_start_one(runtime_folder: Path) -> None:
    with pytest.raises(NotRunning, match="narrator read SOURCE"):
        connect()


def test_the_newest_is_found_and_one_by_its_id(runtime_folder: Path) -> None:
    made = Server(open_door(), answer, News())
    made.start()
    assert running() == [made.id]
    for wanted in ("", made.id):
        with connect(wanted) as client:
            assert client.id == made.id
            assert client.ask("echo", value=3) == {"echo": 3}
    with pytest.raises(NotRunning, match="none has the id 4"):
        connect("4")
    made.close()


@pytest.mark.skipif(not HAS_SOCKET_FILES, reason="file modes are POSIX")
def test_what_a_killed_narration_left_is_tidied_away(runtime_folder: Path) -> None:
    folder = runtime_folder / "narrator"
    folder.mkdir(mode=0o700)
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(folder / "99.socket"))
    left.close()
    (folder / "98.port").write_text("not JSON")
    with pytest.raises(NotRunning):
        connect()
    assert not (folder / "99.socket").exists()


def test_a_narration_that_ends_meanwhile_is_told_in_one_line(runtime_folder: Path) -> None:
    made = Server(open_door(), answer, News())
    made.start()
    with connect() as client:
        made.close()
        with pytest.raises(NotRunning):
            client.ask("echo")


@pytest.mark.skipif(not HAS_SOCKET_FILES, reason="file modes are POSIX")
def test_one_that_does_not_answer_is_not_said_to_have_gone(
    runtime_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrator.remote.client.ANSWER_LIMIT_S", 0.05)
    folder = runtime_folder / "narrator"
    folder.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(folder / "97.socket"))
        mute.listen()
        with connect() as client, pytest.raises(NotRunning, match="narration 97; none came within"):
            client.ask("status")


def test_an_answer_that_lacks_something_is_told_in_one_line(runtime_folder: Path) -> None:
    made = Server(open_door(), lambda _: {"state": {"title": "Page"}}, News())
    made.start()
    with connect() as client:
        state = client.ask("status")["state"]
        assert state["title"] == "Page"
        with pytest.raises(RemoteRefused, match="expected an answer that says 'status'"):
            state["status"]
    made.close()
