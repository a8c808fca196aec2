"""A shortcut of the desktop reads what is selected in the narration that runs; the service answers on a real D-Bus."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from narrator import desktop_service
from narrator.live_session import steerable
from narrator.screen_reader import desktop_entry
from narrator.screen_reader.installing import user_folders
from narrator.session import Session, Status
from narrator.settings import Settings
from tests.architecture.source_tree import ROOT
from tests.desktop import require
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for
from tests.narrator.remote.conftest import runtime_folder as runtime_folder

LIMIT_S = 60.0


@pytest.fixture
def session(runtime_folder: Path) -> Iterator[Session]:
    made = quick_session([SlowOutput()], lambda source: passage("One two three four five. " * 40, source=source))
    with steerable(made, Settings()):
        yield made
        made.close(completed=False)


def test_what_is_selected_is_read_before_the_document(session: Session) -> None:
    session.enqueue("page")
    wait_for(lambda: session.state.status is Status.SPEAKING)
    desktop_service.do("read-selection")
    wait_for(lambda: session.state.source == "selection", LIMIT_S)
    assert [one.name for one in session.state.waiting] == ["page"]
    desktop_service.do("pause")
    wait_for(lambda: session.is_paused)


def test_without_a_narration_one_is_begun(runtime_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: begun.append(command))
    desktop_service.do("read-clipboard")
    assert [command[-3:] for command in begun] == [["narrator", "read", "clipboard"]]


def test_what_cannot_be_done_is_told_in_one_line(runtime_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    desktop_service.do("pause")
    desktop_service.do("fly")
    assert [record.getMessage().partition(" ")[0] for record in caplog.records] == ["expected", "expected"]


def test_dbus_starts_it_when_its_name_is_called(session: Session, runtime_folder: Path) -> None:
    require("dbus-run-session", "gdbus")
    environment = {**os.environ, "HOME": str(runtime_folder), "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_DATA_HOME": str(runtime_folder / "data"), "QT_QPA_PLATFORM": "offscreen"}
    desktop_entry.install(user_folders(environment))
    call = ["gdbus", "call", "--session", "-d", desktop_service.NAME, "-o", desktop_service.PATH, "-m"]
    call += [f"{desktop_service.INTERFACE}.ActivateAction", "read-selection", "[]", "{}"]
    done = subprocess.run(
        ["dbus-run-session", "--", *call], env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert done.returncode == 0, done.stderr
    wait_for(lambda: session.state.source == "selection", LIMIT_S)
