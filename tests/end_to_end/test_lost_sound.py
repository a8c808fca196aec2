"""A sound server that dies or hangs in the middle of a sentence: the narration says so and goes on."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from narrator.outputs.speaker import NO_SOUND_NOTICE
from tests.architecture.source_tree import ROOT
from tests.narrator.cli.command import QUICK
from tests.narrator.quick_narration import wait_for
from tests.sound_server import sound_server

LIMIT_S = 60.0
TEXT = "This is a rather long sentence to be read aloud, and it goes on and on. " * 20


def server_of(environment: dict[str, str]) -> int:
    """The process at the other end of its socket."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(environment["PULSE_SERVER"].removeprefix("unix:"))
        return int(struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux")
@pytest.mark.parametrize(
    ("how", "when"),
    [(signal.SIGKILL, "in the middle"), (signal.SIGSTOP, "in the middle"), (signal.SIGSTOP, "before it is asked")],
)
def test_it_goes_on_in_silence(tmp_path: Path, how: signal.Signals, when: str) -> None:
    with sound_server(tmp_path) as sound:
        environment = sound | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        server = server_of(environment)
        command = [sys.executable, "-m", "narrator"]

        def at_s() -> float:
            told = subprocess.run([*command, "status", "--json"], env=environment, capture_output=True, check=False)
            state: dict[str, Any] = json.loads(told.stdout)[0] if told.returncode == 0 else {}
            return float(state.get("narration_s", 0.0))

        if when != "in the middle":
            os.kill(server, how)
        reading = [*command, "read", "--text", TEXT, *QUICK, "--to", "terminal", "--plain"]
        with subprocess.Popen(reading, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            try:
                wait_for(lambda: at_s() > 1.0, LIMIT_S)
                if when == "in the middle":
                    os.kill(server, how)
                lost_s = at_s()
                wait_for(lambda: at_s() > lost_s + 4.0, LIMIT_S)
                assert subprocess.run([*command, "stop"], env=environment, check=False).returncode == 0
                said = process.communicate(timeout=LIMIT_S)[0].decode()
            finally:
                process.kill()
                if how == signal.SIGSTOP:
                    os.kill(server, signal.SIGCONT)
    assert process.returncode == 0
    assert said.count(NO_SOUND_NOTICE) == 1
    assert "reading: the text given" in said
