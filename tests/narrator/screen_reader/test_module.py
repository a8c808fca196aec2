"""The module speaks the whole protocol, loads nothing heavy itself, outlives the voice, and ends with its server."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from narrator.screen_reader.module import Module
from narrator.screen_reader.wire import Wire
from tests.architecture.source_tree import ROOT

LIMIT_S = 60.0
LONG = "One two three four five six seven eight nine ten. " * 9
QUIET = "audio_output_method=server"


class Server:
    """The other end of the pipes."""

    def __init__(self) -> None:
        environment = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "narrator.screen_reader.module"],
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def send(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()

    def read_to(self, ending: str) -> list[str]:
        assert self.process.stdout is not None
        found: list[str] = []
        while not found or found[-1] != ending:
            raw = self.process.stdout.readline()
            assert raw, f"{ending} never came: {found}"
            found.append(raw.decode("utf-8", "replace").rstrip("\n"))
        return found


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.process.kill()
    made.process.wait()
    for pipe in (made.process.stdin, made.process.stdout):
        assert pipe is not None
        with contextlib.suppress(OSError):
            pipe.close()


def test_it_speaks_the_whole_protocol(server: Server) -> None:
    server.send("INIT")
    server.read_to("299 OK LOADED SUCCESSFULLY")
    server.send("AUDIO", QUIET, ".", "LOGLEVEL", "log_level=3", ".", "SET", "rate=100", "pitch=0", ".")
    assert server.read_to("203 OK SETTINGS RECEIVED")[:2] == [
        "207 OK RECEIVING AUDIO SETTINGS",
        "203 OK AUDIO INITIALIZED",
    ]
    server.send("LIST VOICES")
    voices = server.read_to("200 OK VOICE LIST SENT")
    assert all(len(line.split("\t")) == 3 for line in voices[:-1])
    for command, body in (("SPEAK", "<speak>Hi.</speak>"), ("CHAR", "m"), ("KEY", "shift_a"), ("SOUND_ICON", "bell")):
        server.send(command, body, ".")
        told = [line for line in server.read_to("702 END") if line.startswith(("2", "7")) and "705" not in line]
        assert told == ["202 OK RECEIVING MESSAGE", "200 OK SPEAKING", "701 BEGIN", "702 END"]
    server.send("DEBUG ON /nowhere", "NONSENSE", "QUIT")
    assert server.read_to("210 OK QUIT")[-2] == "300 ERR UNKNOWN COMMAND"
    assert server.process.wait(LIMIT_S) == 0


def test_it_loads_nothing_heavy_itself() -> None:
    heavy = "numpy torch cv2 numba PySide6 sounddevice narrator.flow narrator.settings".split()  # noqa: SIM905
    code = (
        "import io, sys\nfrom narrator.screen_reader.module import Module, Wire\n"
        "told = io.BytesIO(); Module(Wire(io.BytesIO(b'INIT\\nQUIT\\n'), told)).run()\n"
        f"assert b'299 OK' in told.getvalue(); print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=LIMIT_S)
    assert done.stdout.strip() == "[]"


def test_without_a_voice_it_is_not_loaded_so_that_the_server_uses_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narrator.screen_reader.module.NEEDED", ("numpy", "no_such_voice"))
    told = io.BytesIO()
    Module(Wire(io.BytesIO(b"INIT\nQUIT\n"), told)).run()
    assert told.getvalue().startswith(b"399-narrator cannot speak without no_such_voice\n399 ERR")


def test_it_ends_when_its_server_is_gone(server: Server) -> None:
    server.send("INIT", "AUDIO", QUIET, ".", "SPEAK", LONG, ".")
    server.read_to("701 BEGIN")
    assert server.process.stdin is not None
    server.process.stdin.close()
    assert server.process.wait(LIMIT_S) == 0


def test_a_voice_that_is_killed_in_mid_sentence_costs_no_event_and_no_sentence(server: Server) -> None:
    server.send("INIT", "AUDIO", QUIET, ".", "SPEAK", '<mark name="a"/>One two three four. <mark name="b"/>Five.', ".")
    server.read_to("700 INDEX MARK")
    os.kill(_child(server.process.pid), signal.SIGKILL)
    told = server.read_to("702 END")
    assert [line for line in told if line.startswith("7") and "705" not in line] == [
        "700-b",
        "700 INDEX MARK",
        "702 END",
    ]
    assert told.count("705 AUDIO") > 50, "the whole sentence once more"


def test_a_voice_that_hangs_delays_no_stop(server: Server) -> None:
    server.send("INIT", "AUDIO", QUIET, ".", "SPEAK", LONG, ".")
    server.read_to("701 BEGIN")
    child = _child(server.process.pid)
    os.kill(child, signal.SIGSTOP)
    server.send("STOP")
    server.read_to("703 STOP")
    os.kill(child, signal.SIGKILL)
    server.send("SPEAK", "Hello.", ".")
    assert server.read_to("702 END").count("705 AUDIO") > 5


def test_an_engine_that_is_killed_costs_no_event(server: Server) -> None:
    server.send("INIT", "AUDIO", QUIET, ".", "SPEAK", "Hello.", ".")
    server.read_to("702 END")
    os.kill(_child(_child(server.process.pid)), signal.SIGKILL)
    server.send("SPEAK", "Hello.", ".")
    assert server.read_to("702 END").count("705 AUDIO") > 5, "it is heard all the same"


def _child(pid: int) -> int:
    until_s = time.monotonic() + LIMIT_S
    while time.monotonic() < until_s:
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
        if listed.stdout.split():
            return int(listed.stdout.split()[0])
        time.sleep(0.05)
    raise AssertionError("it has no child")
