"""The system's voice speaks in a child that is killed when stuck, and its phones are found."""

from __future__ import annotations

import struct
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from narrator.errors import VoiceError
from narrator.flow import Delivery, Sentence
from narrator.speech import system_voice
from narrator.speech.espeak_voice import EspeakVoice
from narrator.speech.system_voice import SystemVoice, ask_worker, list_system_voices, read_sound
from narrator.speech.system_worker import _choose

VOICES = [("gmw/af", "Afrikaans", "af"), ("gmw/de", "German", "de"), ("gmw/en-us", "English (America)", "en-us")]


def test_the_words_lie_where_the_engine_says_them() -> None:
    # On Linux the system's voice is espeak too: its own events are the truth for the very same sound.
    text = "Happy people move the big blue boat."
    voice, truth = SystemVoice("gmw/en-us"), EspeakVoice("gmw/en-US")
    found = voice.speak(Sentence(text, "en"), Delivery(rate_wpm=150))
    expected = truth.speak(Sentence(text, "en"), Delivery(rate_wpm=150))
    voice.close()
    truth.close()
    errors = [abs(a.start_s - b.start_s) for a, b in zip(found.words, expected.words, strict=True)]
    assert float(np.median(errors)) < 0.03


def test_an_absent_voice_is_a_voice_error_with_a_next_step() -> None:
    voice = SystemVoice("no-such-voice")
    with pytest.raises(VoiceError, match="narrator voice list"):
        voice.speak(Sentence("Hello.", "en"), Delivery())
    voice.close()


def test_a_stuck_engine_is_killed_at_its_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stuck = tmp_path / "stuck.py"
    stuck.write_text("import subprocess, sys, time\nsubprocess.Popen(['sleep', '60'])\ntime.sleep(60)\n")
    monkeypatch.setattr(system_voice, "_WORKER", stuck)
    begun = time.monotonic()
    with pytest.raises(VoiceError, match="stuck"):
        ask_worker({}, 0.5)
    assert time.monotonic() - begun < 5


def test_a_crashing_engine_is_a_voice_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    crashing = tmp_path / "crashing.py"
    crashing.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(system_voice, "_WORKER", crashing)
    voice = SystemVoice()
    with pytest.raises(VoiceError, match="--voice espeak"):
        voice.speak(Sentence("Hello.", "en"), Delivery())
    voice.close()


def test_the_system_s_voices_are_listed() -> None:
    assert all(voice.name.startswith("system:") for voice in list_system_voices())


@pytest.mark.parametrize(
    ("wanted", "language", "current", "expected"),
    [
        ("german", "", "", "gmw/de"),
        ("gmw/EN-US", "", "", "gmw/en-us"),
        ("America", "", "", "gmw/en-us"),
        ("nobody", "", "", None),
        ("", "de-AT", "", "gmw/de"),
        ("", "en", "gmw/en-us", ""),
        ("", "en", "gmw/af", "gmw/en-us"),
        ("", "xx", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_voice_is_chosen_by_name_or_language(wanted: str, language: str, current: str, expected: str | None) -> None:
    assert _choose(VOICES, wanted, language, current) == expected


def test_stereo_and_aiff_files_are_read(tmp_path: Path) -> None:
    stereo = tmp_path / "stereo.wav"
    with wave.open(str(stereo), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(struct.pack("<4h", 100, 300, -100, -300))
    samples, rate_hz = read_sound(stereo)
    assert (samples.tolist(), rate_hz) == ([200, -200], 8000)
    aiff = tmp_path / "macos.wav"  # macOS writes AIFF whatever the name says
    aiff.write_bytes(
        b"FORM" + struct.pack(">I", 4 + 26 + 8 + 8 + 2000) + b"AIFF"
        b"COMM" + struct.pack(">IhIh", 18, 1, 1000, 16) + b"\x40\x0b\xfa\x00\x00\x00\x00\x00\x00\x00"
        b"SSND" + struct.pack(">III", 8 + 2000, 0, 0) + b"\x01\x00" * 1000
    )
    samples, rate_hz = read_sound(aiff)
    assert (len(samples), int(samples[0]), rate_hz) == (1000, 256, 8000)


def test_a_damaged_sound_file_is_a_voice_error(tmp_path: Path) -> None:
    path = tmp_path / "damaged.wav"
    path.write_bytes(b"RIFF....nonsense")
    with pytest.raises(VoiceError, match="--voice espeak"):
        read_sound(path)
