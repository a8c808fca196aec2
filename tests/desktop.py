"""A plug-in of pytest: a real X11 desktop without a monitor, with a window manager and a compositor."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SCREEN = "1280x800x24"
START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Desktop:
    """A running display and the environment that programs on it need."""

    display: str
    environment: dict[str, str]

    def run(self, *command: str, stdin: str | None = None, timeout_s: float = 20.0) -> str:
        """The command's standard output; raises when it fails."""
        done = subprocess.run(
            command, env=self.environment, input=stdin, text=True, capture_output=True, timeout=timeout_s, check=True
        )
        return done.stdout

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A program left running on the display; the caller ends it."""
        return subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def screenshot(self, path: Path, window: str = "root") -> Path:
        """A picture of the whole screen or of one window, by its id."""
        self.run("import", "-window", window, str(path))
        return path


def require(*programs: str) -> None:
    """Skips the test when a program is absent, naming it."""
    absent = [program for program in programs if shutil.which(program) is None]
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}")


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """Xvfb with openbox, one for each worker process."""
    require("Xvfb", "openbox", "xdpyinfo", "import")
    home = tmp_path_factory.mktemp("desktop-home")
    server, display = _start_server()
    environment = {
        key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
    }
    environment |= {"DISPLAY": display, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    made = Desktop(display, environment)
    manager = made.start("openbox")
    try:
        _wait_for_manager(made)
        yield made
    finally:
        _stop(manager)
        _stop(server)


@pytest.fixture
def compositor(desktop: Desktop) -> Iterator[Desktop]:
    """The same desktop while picom blends its windows, so that see-through ones are."""
    require("picom")
    process = desktop.start("picom", "--backend", "xrender", "--config", "/dev/null")
    try:
        yield desktop
    finally:
        _stop(process)


def _start_server() -> tuple[subprocess.Popen[bytes], str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as pipe:
        number = pipe.readline().strip()  # Xvfb writes it once it accepts clients, and closes the pipe if it cannot
    if not number:
        _stop(server)
        raise RuntimeError("Xvfb did not start")
    return server, f":{number}"


def _wait_for_manager(desktop: Desktop) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while "_NET_SUPPORTING_WM_CHECK(WINDOW)" not in desktop.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"):
        if time.monotonic() > deadline:
            raise RuntimeError("openbox did not start")
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
