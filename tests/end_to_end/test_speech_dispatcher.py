"""The real Speech Dispatcher speaks through narrator: marks, stop, pause, priorities, floods, deaths, lost clients."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speech_server import (
    SYSTEM_PYTHON,
    USUAL,
    SpeechServer,
    short_folder,
    sound_server,
    speech_server,
)
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
REMOVE = (sys.executable, "-m", "narrator", "screen-reader", "remove")
PRINT = "\nprint(json.dumps(events))\n"


LIMIT_S = 120.0


def need() -> None:
    require("speech-dispatcher", "spd-say", "pulseaudio")
    if subprocess.run([SYSTEM_PYTHON, "-c", "import speechd"], capture_output=True, check=False).returncode:
        pytest.skip("not installed: python3-speechd")


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    need()
    with short_folder() as folder, sound_server(folder) as sound, speech_server(folder, sound) as made:
        made.say("-w", "ready", limit_s=LIMIT_S)  # the first message waits for the voice to load
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


def test_spd_say_speaks_and_returns_when_all_is_heard(server: SpeechServer) -> None:
    server.say("-w", "hello")
    began_s = time.monotonic()
    done = server.say("-w", "Five of them moved the blue boat.")
    assert done.returncode == 0, server.log()
    assert time.monotonic() - began_s > 1.5, "it waited for the sound"
    assert "Got audio" in server.log() or "Sent to audio" in server.log()


def test_marks_come_in_order_when_the_sound_reaches_them(server: SpeechServer) -> None:
    events = events_of(
        server,
        """
client = open_client()
client.speak('<speak>One two. <mark name="a"/>Three four five six <mark name="b"/>seven.</speak>', callback=heard('x'))
wait_for('x', 'end')
client.close()
""",
    )
    assert kinds(events, "x") == ["begin", "index_marks a", "index_marks b", "end"]
    moments = [at_s for *_, at_s in events]
    assert moments[1] - moments[0] > 0.3
    assert moments[2] - moments[1] > 0.3


def test_a_stop_is_obeyed_in_mid_sentence(server: SpeechServer) -> None:
    events = events_of(
        server,
        """
client = open_client()
client.speak('<speak>' + 'one two three four five six seven. ' * 30 + '</speak>', callback=heard('x'))
wait_for('x', 'begin')
time.sleep(0.5)
events.append(['x', 'asked', None, time.monotonic() - began_s])
client.stop()
wait_for('x', 'cancel')
client.close()
""",
    )
    assert kinds(events, "x") == ["begin", "asked", "cancel"]
    assert events[2][3] - events[1][3] < 2.0


def test_a_pause_holds_and_the_rest_is_said_afterwards(server: SpeechServer) -> None:
    events = events_of(
        server,
        """
client = open_client()
client.set_rate(0)
client.speak('<speak>One two. <mark name="a"/>Four five six. <mark name="b"/>Seven.</speak>', callback=heard('x'))
wait_for('x', 'index_marks')
time.sleep(0.3)
client.pause()
wait_for('x', 'pause')
client.resume()
wait_for('x', 'end')
client.close()
""",
    )
    told = kinds(events, "x")
    assert told == ["begin", "index_marks a", "pause", "resume", "index_marks a", "index_marks b", "end"]


def test_an_important_message_interrupts_and_a_progress_one_gives_way(server: SpeechServer) -> None:
    events = events_of(
        server,
        """
client = open_client()
client.set_priority(speechd.Priority.TEXT)
client.speak('<speak>' + 'one two three four five six seven. ' * 30 + '</speak>', callback=heard('text'))
wait_for('text', 'begin')
client.set_priority(speechd.Priority.IMPORTANT)
client.speak('<speak>Fire.</speak>', callback=heard('important'))
wait_for('important', 'end')
client.close()
""",
    )
    assert kinds(events, "important") == ["begin", "end"]
    assert kinds(events, "text")[:2] == ["begin", "cancel"]


@pytest.mark.parametrize(
    "body", ["<speak>a < b <mark name=</speak>", "</speak>", "<<<>>>", "&&&;;", "<speak><p>x", "."]
)
def test_malformed_ssml_ends_like_any_other_message(server: SpeechServer, body: str) -> None:
    script = f"\nclient = open_client()\nclient.speak({body!r}, callback=heard('x'))\nwait_for('x', 'end', 'cancel')\n"
    assert kinds(events_of(server, script), "x")[-1] in ("end", "cancel")


def test_characters_keys_and_icons_are_said_one_after_the_other(server: SpeechServer) -> None:
    events = events_of(
        server,
        """
client = open_client()
client.set_priority(speechd.Priority.MESSAGE)
client.char('m')
client.char(' ')
client.key('shift_a')
client.sound_icon('bell')
client.speak('<speak>Hello.</speak>', callback=heard('x'))
wait_for('x', 'end')
client.close()
""",
    )
    assert kinds(events, "x") == ["begin", "end"]
    assert events[0][3] > 1.0, "the others came first"


def test_a_client_that_vanishes_silences_nobody_else(server: SpeechServer) -> None:
    script = (
        CLIENT + "\nopen_client('gone').speak('<speak>' + 'one two three. ' * 50 + '</speak>')\nimport os; os._exit(0)"
    )
    for _ in range(3):
        server.client(script)
    events = events_of(server, "\nclient = open_client()\nclient.cancel(speechd.Scope.ALL)\n" + SAY_X)
    assert kinds(events, "x") == ["begin", "end"]


SAY_X = "client.speak('<speak>Hello.</speak>', callback=heard('x'))\nwait_for('x', 'end')\nclient.close()\n"


@pytest.mark.slow
def test_ten_thousand_messages_neither_pile_up_nor_hang() -> None:
    """As a held key sends them: each cancels the one before it. Logged as usual, since a long log slows the server."""
    need()
    with (
        short_folder() as folder,
        sound_server(folder) as sound,
        speech_server(folder, sound, log_level=USUAL) as server,
    ):
        server.say("-w", "ready", limit_s=LIMIT_S)
        module = module_pid(server)
        voice = child_of(module, "voice_process")
        before = [memory_mb(module), memory_mb(voice)]
        server.client(CLIENT + FLOOD + SAY_X, limit_s=600.0)
        assert server.say("-w", "hello", limit_s=LIMIT_S).returncode == 0
        assert module_pid(server) == module
        assert child_of(module, "voice_process") == voice, "none of them had to be started again"
        assert len(os.listdir(f"/proc/{voice}/task")) < 20
        after = [memory_mb(module), memory_mb(voice)]
        assert all(later - earlier < 15.0 for earlier, later in zip(before, after, strict=True)), (before, after)


FLOOD = """
client = open_client()
for number in range(10_000):
    client.cancel()
    client.speak('<speak>Line %d.</speak>' % number)
client.cancel()
"""


def memory_mb(pid: int) -> float:
    """Resident."""
    return int(re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())[0]) / 1024


def test_a_voice_that_is_killed_in_mid_message_loses_no_word_and_no_event(server: SpeechServer) -> None:
    voice = child_of(module_pid(server), "voice_process")
    events = events_of(
        server,
        f"""
import os
client = open_client()
client.set_rate(0)
client.speak('<speak>One two. <mark name="a"/>Three <mark name="b"/>four five six. <mark name="c"/>Seven.</speak>',
             callback=heard('x'))
wait_for('x', 'index_marks', times=2)
os.kill({voice}, 9)
wait_for('x', 'end')
client.close()
""",
    )
    assert kinds(events, "x") == ["begin", "index_marks a", "index_marks b", "index_marks c", "end"]
    assert child_of(module_pid(server), "voice_process") != voice


def test_a_voice_that_is_killed_lets_no_client_wait(server: SpeechServer) -> None:
    for _ in range(3):
        waiting = subprocess.Popen(["spd-say", "-o", "narrator", "-w", WORDS], env=server.environment)
        time.sleep(0.5)
        os.kill(child_of(module_pid(server), "voice_process"), signal.SIGKILL)
        assert waiting.wait(LIMIT_S) == 0
    events = events_of(server, "\nclient = open_client()\n" + SAY_X)
    assert kinds(events, "x") == ["begin", "end"]


WORDS = "one two three four five six seven eight nine ten"


def test_a_voice_that_hangs_holds_up_no_stop(server: SpeechServer) -> None:
    voice = child_of(module_pid(server), "voice_process")
    events = events_of(
        server,
        f"""
import os
client = open_client()
client.speak('<speak>' + 'one two three four five six seven. ' * 30 + '</speak>', callback=heard('x'))
wait_for('x', 'begin')
os.kill({voice}, {int(signal.SIGSTOP)})
client.stop()
wait_for('x', 'cancel')
os.kill({voice}, 9)
"""
        + SAY_X,
    )
    assert kinds(events, "x") == ["begin", "cancel", "begin", "end"]


def test_a_killed_module_hangs_neither_server_nor_clients(server: SpeechServer) -> None:
    """Last of all: this server goes on without it. It loses the message that meets the dead module, so none waits."""
    os.kill(module_pid(server), signal.SIGKILL)
    for _ in range(2):
        assert server.say("hello", limit_s=LIMIT_S).returncode == 0
    assert "narrator" in modules_of(server)
    assert server.process.poll() is None


def test_after_it_is_removed_the_server_knows_it_no_more() -> None:
    require("speech-dispatcher", "pulseaudio")
    with short_folder() as folder, sound_server(folder) as sound:
        with speech_server(folder, sound) as made:
            assert "narrator" in modules_of(made)
        subprocess.run(
            [sys.executable, "-m", "narrator", "screen-reader", "remove"],
            env=made.environment,
            capture_output=True,
            check=True,
            timeout=60,
        )
        with speech_server(folder, sound, installs=False) as made:
            assert "narrator" not in modules_of(made)
        assert not (Path(folder) / ".local" / "libexec").exists()


def modules_of(server: SpeechServer) -> str:
    return subprocess.run(
        ["spd-say", "-O"], env=server.environment, capture_output=True, text=True, timeout=60, check=False
    ).stdout
