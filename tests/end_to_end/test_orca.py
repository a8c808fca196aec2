"""The real Orca reads a small GTK window, and all it says arrives on the face, with captions."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speech_server import (
    SYSTEM_PYTHON,
    SpeechServer,
    end,
    short_folder,
    sound_server,
    speech_server,
)
from narrator.errors import NarratorError
from narrator.remote.client import Client, connect
from tests.desktop import Desktop, require

LIMIT_S = 90.0
WINDOW = """
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gtk
window = Gtk.Window(title="Blue boats")
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
for part in (Gtk.Button(label="Moving five boats"), Gtk.CheckButton(label="Mother may wave"), Gtk.Entry()):
    box.add(part)
window.add(box)
window.show_all()
Gtk.main()
"""
ORCA_SETTINGS = {
    "general": {
        "speechServerFactory": "orca.speechdispatcherfactory",
        "speechServerInfo": ["narrator", "narrator"],
        "enableSpeech": True,
        "enableBraille": False,
        "profile": ["Default", "default"],
        "startingProfile": ["Default", "default"],
    },
    "profiles": {"default": {"profile": ["Default", "default"], "pronunciations": {}, "keybindings": {}}},
    "pronunciations": {},
    "keybindings": {},
}


class Face:
    """What the face says, as whoever watches the narration is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.words: list[str] = []
        self.outputs: list[str] = []
        self._client: Client | None = None
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Face:
        wait_until(self._connects, "a face")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._client is not None
        self._client.close()
        self._thread.join(LIMIT_S)

    def _connects(self) -> bool:
        try:
            self._client = connect()
        except NarratorError:
            return False
        return True

    def _watch(self) -> None:
        assert self._client is not None
        for line in self._client.watch():
            state: dict[str, Any] = line.get("state") or line.get("at") or {}
            self.outputs = state.get("outputs", self.outputs)
            if state.get("sentence") and state["sentence"] not in self.said[-1:]:
                self.said.append(state["sentence"])
            if state.get("word"):
                self.words.append(state["word"])


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    until_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < until_s, f"{what} did not come"
        time.sleep(0.1)


@contextmanager
def running(command: list[str], environment: dict[str, str], **pipes: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=environment,
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **pipes},
    )
    try:
        yield process
    finally:
        end(process)


@contextmanager
def session_bus(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """A D-Bus of our own, on which the accessibility services start by themselves."""
    command = ["dbus-daemon", "--session", "--print-address", "--nofork"]
    with running(command, environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        with process.stdout as told:
            yield {"DBUS_SESSION_BUS_ADDRESS": told.readline().decode().strip(), "GSETTINGS_BACKEND": "memory"}


@pytest.fixture
def server(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[SpeechServer]:
    require("orca", "speech-dispatcher", "pulseaudio", "dbus-daemon", "xdotool")
    with ExitStack() as stack:
        folder = stack.enter_context(short_folder())
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        more = stack.enter_context(sound_server(folder)) | {"DISPLAY": desktop.display}
        more |= stack.enter_context(session_bus({**os.environ, **more, "HOME": str(folder)}))
        yield stack.enter_context(speech_server(folder, more))


def settings_of_orca(home: Path) -> None:
    folder = home / ".local" / "share" / "orca"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "user-settings.conf").write_text(json.dumps(ORCA_SETTINGS))


@pytest.mark.slow
def test_what_orca_says_of_a_window_the_face_says(server: SpeechServer) -> None:
    environment = {key: value for key, value in server.environment.items() if key != "PYTHONPATH"}
    settings_of_orca(server.home)
    server.say("hello")
    with Face() as face, running(["orca", "--replace"], environment):
        wait_until(lambda: "Screen reader on." in face.said, "Orca's first words")
        with running([SYSTEM_PYTHON, "-c", WINDOW], environment):
            for words in ("Moving five boats", "Mother may wave", "text."):
                until_said(server, ["key", "Tab"], lambda wanted=words: any(wanted in one for one in face.said))
            until_said(server, ["key", "m"], lambda: "m" in face.said)
        assert "window" in face.outputs
        assert "boats" in face.words, "word by word, as the captions mark them"


def until_said(server: SpeechServer, action: list[str], is_so: Callable[[], bool]) -> None:
    """Again where the desktop was not listening yet, to the window that Orca reads."""
    until_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < until_s, f"{action} was not said"
        for words in (["search", "--name", "Blue boats", "windowactivate"], action):
            subprocess.run(["xdotool", *words], env=server.environment, check=False, timeout=60, capture_output=True)
        asked_s = time.monotonic()
        while not is_so() and time.monotonic() - asked_s < 4.0:
            time.sleep(0.1)
