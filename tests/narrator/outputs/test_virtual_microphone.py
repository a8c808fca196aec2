"""On a real sound server: a meeting can choose the microphone, and hears all that is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from narrator.outputs.virtual_microphone import CHOOSE, ELSEWHERE, NO_SERVER, SOURCE, VirtualMicrophone
from tests.desktop import require
from tests.sound_server import sound_server

RATE_HZ = 22_050
SAYING = f"""
import time
import numpy as np
from narrator.outputs.speaker import open_speaker
from narrator.outputs.virtual_microphone import VirtualMicrophone
microphone = VirtualMicrophone()
microphone.open(lambda text: None)
assert microphone.is_open
with microphone.as_default():
    speaker = open_speaker({RATE_HZ}, lambda text: None)
assert not speaker.is_silent
print("open", flush=True)
time.sleep(2.5)  # a sink that has just been made takes nothing for its first second or two
tone = (12_000 * np.sin(2 * np.pi * 700 * np.arange({RATE_HZ}) / {RATE_HZ})).astype(np.int16)
speaker.start(tone, {RATE_HZ}, 0.0)
time.sleep(2)
speaker.close()
microphone.close()
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[dict[str, str]]:
    with sound_server(tmp_path) as environment:
        yield environment


def pactl(environment: dict[str, str], *words: str) -> str:
    return subprocess.run(["pactl", *words], env=environment, capture_output=True, text=True, check=True).stdout


def test_what_is_said_is_heard_at_the_microphone_and_not_in_the_room(server: dict[str, str], tmp_path: Path) -> None:
    saying = subprocess.Popen([sys.executable, "-c", SAYING], env=server, stdout=subprocess.PIPE, text=True)
    assert saying.stdout is not None
    assert saying.stdout.readline() == "open\n"
    sources = pactl(server, "list", "sources")
    own = next(part for part in sources.split("Source #") if f"Name: {SOURCE}\n" in part)
    assert "Monitor of Sink: n/a" in own, "browsers hide the monitors of sinks"
    assert "Narrator" in own
    heard = {}
    recorders = {}
    for device in (SOURCE, "loudspeaker.monitor"):
        heard[device] = tmp_path / f"{device}.raw"
        command = ["parec", f"--device={device}", "--format=s16le", "--rate=22050", "--channels=1"]
        recorders[device] = subprocess.Popen([*command, str(heard[device])], env=server)
    saying.stdout.close()
    assert saying.wait(20) == 0
    for recorder in recorders.values():
        recorder.terminate()
        recorder.wait(5)
    voice = np.frombuffer(heard[SOURCE].read_bytes(), np.int16).astype(float)
    spectrum = np.abs(np.fft.rfft(voice))
    assert np.fft.rfftfreq(len(voice), 1 / RATE_HZ)[spectrum.argmax()] == pytest.approx(700, abs=2)
    assert (np.abs(voice) > 1000).sum() / RATE_HZ == pytest.approx(0.95, abs=0.15), "a second of tone, whole"
    room = np.frombuffer(heard["loudspeaker.monitor"].read_bytes(), np.int16)
    assert not room.any()
    assert SOURCE not in pactl(server, "list", "short", "sources"), "it goes with narrator"


def test_where_no_sound_server_runs_it_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    require("pactl")
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    told: list[str] = []
    microphone = VirtualMicrophone()
    microphone.open(told.append)
    assert (told, microphone.is_open) == ([NO_SERVER], False)
    with microphone.as_default():
        assert os.environ.get("PULSE_SINK") is None
    microphone.close()


def test_elsewhere_it_names_the_driver_and_where_to_choose_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for system, name in (("win32", "VB-CABLE"), ("darwin", "BlackHole")):
        monkeypatch.setattr(sys, "platform", system)
        told: list[str] = []
        VirtualMicrophone().open(told.append)
        assert told == [ELSEWHERE[system]]
        assert name in told[0]
    assert "Microphone" in CHOOSE
