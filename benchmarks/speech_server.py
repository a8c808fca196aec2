"""Nothing in, a private Speech Dispatcher with narrator as a voice, and a sound server without a loudspeaker, out."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from narrator.screen_reader.installing import install, user_folders

ROOT = Path(__file__).resolve().parents[1]
START_LIMIT_S = 30.0
USUAL, TELLING = 3, 4
"""Log levels: that of Debian's speechd.conf, and one that tells of each sound."""
SYSTEM_PYTHON = "/usr/bin/python3"
"""python3-speechd lies there."""


@dataclass(frozen=True)
class SpeechServer:
    """A running server and what its clients need to reach it."""

    home: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def say(self, *words: str, limit_s: float = 60.0) -> subprocess.CompletedProcess[str]:
        """spd-say, on narrator."""
        return subprocess.run(
            ["spd-say", "-o", "narrator", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
        )

    def client(self, script: str, *arguments: str, limit_s: float = 120.0) -> str:
        """What a client written with python3-speechd prints."""
        done = subprocess.run(
            [SYSTEM_PYTHON, "-c", script, *arguments],
            env={key: value for key, value in self.environment.items() if key != "PYTHONPATH"},
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def log(self) -> str:
        """What the server and its modules had to say."""
        return "\n".join(path.read_text(errors="replace") for path in sorted((self.home / "logs").glob("*")))


@contextmanager
def short_folder() -> Iterator[Path]:
    """A home whose sockets' addresses are short enough."""
    with tempfile.TemporaryDirectory(prefix="nr-") as folder:
        yield Path(folder)


@contextmanager
def sound_server(folder: Path) -> Iterator[dict[str, str]]:
    """A PulseAudio of our own whose only device throws sound away; what its programs need to reach it."""
    socket = folder / "pulse"
    modules = ("module-null-sink sink_name=n", f"module-native-protocol-unix auth-anonymous=1 socket={socket}")
    command = ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no", "--disable-shm=yes"]
    command += [part for module in modules for part in ("-L", module)]
    environment = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    environment |= {"PULSE_RUNTIME_PATH": str(folder)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(socket)
        yield {"PULSE_SERVER": f"unix:{socket}", "PULSE_RUNTIME_PATH": str(folder)}
    finally:
        end(server)


@contextmanager
def speech_server(
    folder: Path, more: Mapping[str, str], *, installs: bool = True, log_level: int = TELLING
) -> Iterator[SpeechServer]:
    """Speech Dispatcher as a user has it: narrator was installed into a home of its own, and loads by itself."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "NARRATOR_"))}
    environment |= {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    environment |= more
    if installs:
        install(user_folders(environment))
    address = folder / "speech-dispatcher" / "speechd.sock"
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    process = subprocess.Popen(
        ["speech-dispatcher", "-s", "-t", "0", "-L", str(logs), "-l", str(log_level)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(address)
        yield SpeechServer(folder, environment | {"SPEECHD_ADDRESS": f"unix_socket:{address}"}, process)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Gently, then not."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(path: Path) -> None:
    until_s = time.monotonic() + START_LIMIT_S
    while not path.exists():
        assert time.monotonic() < until_s, f"{path.name} did not appear"
        time.sleep(0.02)
