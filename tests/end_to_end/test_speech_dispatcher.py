"""The real Speech Dispatcher speaks through narrator: marks, stop, pause, priorities, lost clients."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.speech_server import SpeechServer, short_folder, sound_server, speech_server
from tests.desktop import require
from tests.end_to_end.speech_clients import CLIENT, SAY_X, events_of, kinds, modules_of, warm_server


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with warm_server() as made:
        yield made


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
