"""A face with the real Speech Dispatcher: bursts do not pile up on it, and its death silences nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from benchmarks.speech_server import SpeechServer, short_folder, sound_server, speech_server
from tests.desktop import Desktop, require
from tests.end_to_end.speech_clients import CLIENT, LIMIT_S, child_of, module_pid
from tests.end_to_end.test_orca import Face, wait_until


@pytest.fixture
def server(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[SpeechServer]:
    require("speech-dispatcher", "spd-say", "pulseaudio")
    with ExitStack() as stack:
        folder = stack.enter_context(short_folder())
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        more = stack.enter_context(sound_server(folder)) | {"DISPLAY": desktop.display}
        yield stack.enter_context(speech_server(folder, more))


def until_shown(server: SpeechServer, face: Face, words: str) -> None:
    """Said again where the face was not there yet, or had no time for it."""
    until_s = time.monotonic() + LIMIT_S
    while words not in face.said:
        assert time.monotonic() < until_s, f"{words} was not shown: {face.said[-3:]}"
        server.say("-w", words, limit_s=LIMIT_S)


@pytest.mark.slow
def test_twenty_messages_a_second_do_not_pile_up(server: SpeechServer) -> None:
    server.say("hello")
    with Face() as face:
        until_shown(server, face, "It is there.")
        server.client(
            CLIENT
            + """
client = open_client()
for number in range(60):
    client.cancel()
    client.speak('<speak>Line %d.</speak>' % number)
    time.sleep(0.05)
client.close()
""",
        )
        sent_s = time.monotonic()
        until_shown(server, face, "That was the last of them.")
        assert time.monotonic() - sent_s < 10.0, "it did not fall behind: saying this takes two seconds"
        assert face.said[-1] == "That was the last of them.", "nor does anything come after it"


@pytest.mark.slow
@pytest.mark.parametrize("dies", ["session", "window"])
def test_a_face_that_is_killed_in_mid_message_silences_nothing_and_comes_back(server: SpeechServer, dies: str) -> None:
    server.say("-w", "hello", limit_s=LIMIT_S)
    voice = child_of(module_pid(server), "voice_process")
    with Face() as face:
        until_shown(server, face, "It is there.")
        session = child_of(voice, "held_process")
        window = child_of(session, "window_process")
        began_s = time.monotonic()
        waiting = subprocess.Popen(["spd-say", "-o", "narrator", "-w", WORDS], env=server.environment)
        wait_until(lambda: WORDS in face.said, "the face")
        os.kill(session if dies == "session" else window, signal.SIGKILL)
        assert waiting.wait(LIMIT_S) == 0
        assert time.monotonic() - began_s > 4.0, "it was said to its end"
    wait_until(lambda: shows(server, voice, other_than=window), "another window")
    assert child_of(module_pid(server), "voice_process") == voice


WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen"


def shows(server: SpeechServer, voice: int, *, other_than: int) -> bool:
    """Whether a message brings a window that was not there before."""
    server.say("-w", "hello again", limit_s=LIMIT_S)
    try:
        return child_of(child_of(voice, "held_process"), "window_process") != other_than
    except AssertionError:
        return False
