"""A face with the real Speech Dispatcher: bursts do not pile up on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from benchmarks.speech_server import SpeechServer, short_folder, sound_server, speech_server
from tests.desktop import Desktop, require
from tests.end_to_end.test_orca import Face, wait_until
from tests.end_to_end.test_speech_dispatcher import CLIENT


@pytest.fixture
def server(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[SpeechServer]:
    require("speech-dispatcher", "spd-say", "pulseaudio")
    with ExitStack() as stack:
        folder = stack.enter_context(short_folder())
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        more = stack.enter_context(sound_server(folder)) | {"DISPLAY": desktop.display}
        yield stack.enter_context(speech_server(folder, more))


@pytest.mark.slow
def test_twenty_messages_a_second_do_not_pile_up(server: SpeechServer) -> None:
    server.say("hello")
    with Face() as face:
        wait_until(lambda: "window" in face.outputs, "the window")
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
        wait_until(lambda: face.said[-1:] == ["Line 59."], "the last message")
        assert time.monotonic() - sent_s < 5.0, "it did not fall behind"
