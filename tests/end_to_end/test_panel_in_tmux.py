"""The real program in a real terminal: a page is added, steered and exported by keys alone."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from narrator.outputs.camera_state import camera_state
from tests.architecture.source_tree import ROOT
from tests.narrator.quick_narration import wait_for

LIMIT_S = 60.0
"""Python, numba and a film, on a busy machine."""

MARKED = "synthetic"
"""Stands on the face while there is one."""


class Terminal:
    """A terminal of 100 x 30 with the panel in it."""

    def __init__(self, home: Path, runtime: str) -> None:
        self._server = ["tmux", "-L", f"narrator-{os.getpid()}", "-f", "/dev/null"]
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR")
        inherited = {name: value for name, value in os.environ.items() if name not in hidden}
        folders = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "STATE", "CACHE")}
        environment = inherited | folders | {"XDG_RUNTIME_DIR": runtime, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "narrator", "panel", "--voice", "silent", "--presenter", "still"]
        command += ["--width", "320", "--height", "240"]
        self._tmux("new-session", "-d", "-s", "p", "-x", "100", "-y", "30", shlex.join(command), home, environment)

    def _tmux(self, *words: str | Path | dict[str, str]) -> str:
        texts = [word for word in words if isinstance(word, str)]
        folder = next((word for word in words if isinstance(word, Path)), None)
        environment = next((word for word in words if isinstance(word, dict)), None)
        done = subprocess.run([*self._server, *texts], cwd=folder, env=environment, capture_output=True, text=True)
        return done.stdout

    def press(self, *keys: str) -> None:
        self._tmux("send-keys", "-t", "p", *keys)

    def type(self, words: str) -> None:
        self._tmux("send-keys", "-t", "p", "-l", words)

    def shows(self, words: str) -> None:
        deadline_s = time.monotonic() + LIMIT_S
        while words not in (screen := self._tmux("capture-pane", "-p", "-t", "p")):
            assert time.monotonic() < deadline_s, f"expected {words!r} on the screen; it shows:\n{screen}"
            time.sleep(0.1)

    def lacks(self, words: str) -> None:
        wait_for(lambda: words not in self._tmux("capture-pane", "-p", "-t", "p"), LIMIT_S)

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-t", "p", "-x", str(columns), "-y", str(rows))

    def end(self) -> None:
        """As when its window is closed: what runs in it gets a SIGHUP."""
        self._tmux("kill-server")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        pytest.skip("only where tmux is installed")
    shutil.copy(ROOT / "examples" / "page.html", tmp_path)
    with tempfile.TemporaryDirectory(prefix="nr-") as runtime:
        made = Terminal(tmp_path, runtime)
        yield made
        made.end()


@pytest.mark.slow
def test_a_newcomer_reads_steers_chooses_looks_for_the_camera_and_makes_a_film(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.shows("Nothing to read yet")
    (tmp_path / "second.txt").write_text("Another text. " * 20)
    for name in ("page.html", "second.txt"):
        terminal.press("a")
        terminal.shows("Read what?")
        terminal.type(name)
        terminal.press("Enter")
        terminal.shows("speaking  How lips are read" if name == "page.html" else "Added second.txt.")
    terminal.press("h", "Space")
    terminal.shows("Paused at sentence")
    terminal.press("-")
    terminal.shows("120 words a minute.")
    terminal.press("Space")
    terminal.shows("120 words/min")
    terminal.press("F6")
    terminal.shows("Mina")
    terminal.press("Right", "Right")
    terminal.press("Enter")
    terminal.shows("presenter: ")
    terminal.press("F3")
    terminal.shows("camera")
    terminal.shows(camera_words())
    terminal.press("k")
    terminal.shows("speaking  second")
    terminal.press("e")
    terminal.shows("Make a film")
    terminal.press("Enter")
    terminal.shows("Making")
    wait_for(lambda: (tmp_path / "narration.mp4").exists(), LIMIT_S)
    terminal.shows("The film narration.mp4 is ready.")
    terminal.press("q")


@pytest.mark.slow
def test_what_the_panel_keeps_survives_a_terminal_that_is_closed(terminal: Terminal, tmp_path: Path) -> None:
    notes = tmp_path / "STATE" / "narrator" / "panel.json"
    terminal.shows("Nothing to read yet")
    terminal.press("a")
    terminal.shows("Read what?")
    terminal.type("page.html")
    terminal.press("Enter")
    terminal.shows("speaking  How lips are read")
    assert "page.html" not in (notes.read_text() if notes.exists() else "")
    terminal.end()
    wait_for(lambda: notes.exists() and "page.html" in notes.read_text(), LIMIT_S)


@pytest.mark.slow
def test_the_face_goes_and_comes_with_the_terminals_size(terminal: Terminal) -> None:
    terminal.shows("Nothing to read yet")
    terminal.press("a")
    terminal.shows("Read what?")
    terminal.type("page.html")
    terminal.press("Enter")
    terminal.shows(MARKED)
    terminal.resize(60, 30)
    terminal.lacks(MARKED)
    terminal.shows("sentence ")
    terminal.resize(100, 30)
    terminal.shows(MARKED)


def camera_words() -> str:
    """The first words of why there is no camera, or of which there is."""
    found = camera_state()
    return f"{'can be opened' if found.works else 'cannot be had'}: {found.detail.split()[0]}"
