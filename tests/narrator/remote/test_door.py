"""The door is open to one person only, and found by them."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from narrator.remote.door import HAS_SOCKET_FILES, doors, is_of_this_person, open_door

POSIX_ONLY = pytest.mark.skipif(not HAS_SOCKET_FILES, reason="file modes are POSIX")


@pytest.fixture(autouse=True)
def at_home(runtime_folder: Path) -> Path:
    return runtime_folder


@POSIX_ONLY
def test_nobody_else_may_enter_the_folder_or_open_the_socket() -> None:
    opened = open_door()
    folder = opened.door.file.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(opened.door.file.stat().st_mode) == 0o600
    opened.close()
    assert not opened.door.file.exists()


@POSIX_ONLY
def test_a_folder_that_others_may_enter_is_not_used(runtime_folder: Path) -> None:
    (runtime_folder / "narrator").mkdir(mode=0o755)
    with pytest.raises(PermissionError):
        open_door()
    assert doors() == []


@POSIX_ONLY
def test_a_link_in_the_place_of_the_folder_is_not_followed(runtime_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (runtime_folder / "narrator").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        open_door()


@POSIX_ONLY
def test_the_system_tells_who_connects(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    assert is_of_this_person(ours)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)  # now we are someone else, and they still who they were
    assert not is_of_this_person(ours)
    ours.close()
    theirs.close()


@POSIX_ONLY
def test_a_long_runtime_folder_is_replaced_by_a_shorter_one(
    runtime_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    long = runtime_folder / ("x" * 90)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(runtime_folder))
    opened = open_door()
    assert [door.file for door in doors()] == [opened.door.file]
    opened.close()


def test_without_socket_files_a_secret_only_we_can_read_is_asked_for() -> None:
    opened = open_door(with_socket_file=False)
    if os.name == "posix":
        assert stat.S_IMODE(opened.door.file.stat().st_mode) == 0o600
    (door,) = doors()
    connection, secret = door.connect()
    assert secret == opened.secret
    assert len(secret) == 64
    connection.close()
    opened.close()


def test_where_nothing_runs_there_is_no_door() -> None:
    assert doors() == []
