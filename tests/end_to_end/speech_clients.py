"""A private Speech Dispatcher in, what clients written with python3-speechd see of it out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from benchmarks.speech_server import SYSTEM_PYTHON, TELLING, SpeechServer, short_folder, sound_server, speech_server
from tests.desktop import require

CLIENT = """
import json, sys, threading, time
import speechd
events, lock, began_s = [], threading.Condition(), time.monotonic()

def open_client(name='test'):
    client = speechd.SSIPClient(name)
    client.set_output_module('narrator')
    client.set_data_mode(speechd.DataMode.SSML)
    client.set_rate(80)
    return client

def heard(name):
    def tell(kind, index_mark=None):
        with lock:
            events.append([name, kind, index_mark, time.monotonic() - began_s])
            lock.notify_all()
    return tell

def wait_for(name, *kinds, times=1):
    with lock:
        found = lambda: sum(1 for event in events if event[0] == name and event[1] in kinds) >= times
        assert lock.wait_for(found, 60), (name, kinds, events)
"""
PRINT = "\nprint(json.dumps(events))\n"
SAY_X = "client.speak('<speak>Hello.</speak>', callback=heard('x'))\nwait_for('x', 'end')\nclient.close()\n"
LIMIT_S = 120.0


def need() -> None:
    """Skips where the real programs are not installed."""
    require("speech-dispatcher", "spd-say", "pulseaudio")
    if subprocess.run([SYSTEM_PYTHON, "-c", "import speechd"], capture_output=True, check=False).returncode:
        pytest.skip("not installed: python3-speechd")


@contextmanager
def warm_server(log_level: int = TELLING) -> Iterator[SpeechServer]:
    """One that has spoken: the first message waits for the voice to load."""
    need()
    with (
        short_folder() as folder,
        sound_server(folder) as sound,
        speech_server(folder, sound, log_level=log_level) as made,
    ):
        made.say("-w", "ready", limit_s=LIMIT_S)
        yield made


def events_of(server: SpeechServer, script: str, limit_s: float = 120.0) -> list[list[Any]]:
    return list(json.loads(server.client(CLIENT + script + PRINT, limit_s=limit_s)))


def kinds(events: list[list[Any]], name: str) -> list[str]:
    return [kind if mark is None else f"{kind} {mark}" for one, kind, mark, _ in events if one == name]


def module_pid(server: SpeechServer) -> int:
    return child_of(server.process.pid, "screen_reader.module")


def child_of(parent: int, words: str) -> int:
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        pid, its_parent, command = line.split(None, 2)
        if int(its_parent) == parent and words in command:
            return int(pid)
    raise AssertionError(f"{words} does not run")


def modules_of(server: SpeechServer) -> str:
    return subprocess.run(
        ["spd-say", "-O"], env=server.environment, capture_output=True, text=True, timeout=60, check=False
    ).stdout
