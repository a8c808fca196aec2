"""On a real sound server: what the loudspeakers play comes in as it sounds, and what is not there is refused."""

from __future__ import annotations

import subprocess
import sys
import threading
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from narrator.errors import SourceRefused
from narrator.microphone import RATE_HZ, Microphone
from tests.desktop import require
from tests.sound_server import sound_server

LISTENING = """
import sys
import numpy as np
from narrator.microphone import Microphone, RATE_HZ
microphone = Microphone("system")
print("open", flush=True)
heard, last_s = [], 0.0
for samples, at_s in microphone.blocks():
    assert at_s >= last_s
    last_s = at_s
    heard.append(samples)
    if len(heard) % 10 == 0 and np.abs(np.concatenate(heard[-50:])).max() > 0.1 and len(heard) > 50:
        break
    assert len(heard) < 1500, "nothing came in for half a minute"
microphone.close()
tail = np.concatenate(heard[-10:])
spectrum = np.abs(np.fft.rfft(tail * np.hanning(len(tail))))
print(np.fft.rfftfreq(len(tail), 1 / RATE_HZ)[spectrum.argmax()])
"""
TONE_HZ = 700


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, str]]:
    with sound_server(tmp_path) as environment:
        yield environment


def tone(file: Path, seconds: float) -> Path:
    moments = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes((12_000 * np.sin(2 * np.pi * TONE_HZ * moments)).astype("<i2").tobytes())
    return file


def test_what_the_loudspeakers_play_comes_in(server: dict[str, str], tmp_path: Path) -> None:
    require("paplay")
    command = [sys.executable, "-c", LISTENING]
    with subprocess.Popen(command, env=server, stdout=subprocess.PIPE, text=True) as listening:
        assert listening.stdout is not None
        assert listening.stdout.readline() == "open\n"
        with subprocess.Popen(["paplay", str(tone(tmp_path / "tone.wav", 30))], env=server) as playing:
            try:
                assert float(listening.stdout.readline()) == pytest.approx(TONE_HZ, abs=10)
                assert listening.wait(60) == 0
            finally:
                playing.terminate()
                listening.kill()


class FakeStream:
    """PortAudio's input, that a test speaks into."""

    def __init__(self, **wish: Any) -> None:
        self.wish = wish

    def start(self) -> None:
        self.wish["callback"](np.full((320, 1), 0.5, np.float32), 320, None, None)

    def abort(self, ignore_errors: bool) -> None: ...

    def close(self, ignore_errors: bool) -> None: ...


def test_closing_ends_the_blocks() -> None:
    microphone = Microphone(open_stream=FakeStream)
    blocks = microphone.blocks()
    assert len(next(blocks)[0]) == 320
    threading.Timer(0.05, microphone.close).start()
    assert list(blocks) == []


def test_where_no_such_sound_comes_in_one_line_says_so() -> None:
    def refuse(**wish: Any) -> Any:
        raise ValueError("No input device matching")

    with pytest.raises(SourceRefused, match="narrator follow microphone, system"):
        Microphone("nobody", open_stream=refuse)
