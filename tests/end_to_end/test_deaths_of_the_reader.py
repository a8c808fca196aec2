"""The real Speech Dispatcher's clients hear of the end, whatever dies: voice, module; nor does a flood drown it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.speech_server import USUAL, SpeechServer
from tests.end_to_end.speech_clients import (
    CLIENT,
    LIMIT_S,
    SAY_X,
    child_of,
    events_of,
    kinds,
    module_pid,
    modules_of,
    warm_server,
)


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with warm_server() as made:
        yield made


@pytest.mark.slow
def test_ten_thousand_messages_neither_pile_up_nor_hang() -> None:
    """As a held key sends them: each cancels the one before it. Logged as usual, since a long log slows the server."""
    with warm_server(USUAL) as server:
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


def test_a_voice_that_hangs_holds_up_no_pause_nor_what_follows_it(server: SpeechServer) -> None:
    voice = child_of(module_pid(server), "voice_process")
    events = events_of(
        server,
        f"""
import os
client = open_client()
os.kill({voice}, {int(signal.SIGSTOP)})
client.speak('<speak>One two. Three four.</speak>', callback=heard('x'))
time.sleep(0.5)
asked_s = time.monotonic()
client.pause()
time.sleep(0.5)
client.cancel()
client.set_rate(10)
assert time.monotonic() - asked_s < 10.0
os.kill({voice}, 9)
wait_for('x', 'pause', 'cancel')
client.close()
""",
    )
    assert kinds(events, "x")[-1] in ("pause", "cancel")


def test_a_killed_module_hangs_neither_server_nor_clients(server: SpeechServer) -> None:
    """Last of all: this server goes on without it. It loses the message that meets the dead module, so none waits."""
    os.kill(module_pid(server), signal.SIGKILL)
    for _ in range(2):
        assert server.say("hello", limit_s=LIMIT_S).returncode == 0
    assert "narrator" in modules_of(server)
    assert server.process.poll() is None
