"""A recording becomes a film of a face that speaks it: as long as the sound, and closed in its silences."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from narrator.cli import main
from narrator.flow import Delivery, Sentence
from narrator.speech.espeak_voice import EspeakVoice

SILENCE_S = 1.5


@pytest.fixture
def recording(tmp_path: Path) -> tuple[Path, float]:
    """A sentence and the silence after it; how long the sentence is."""
    voice = EspeakVoice("+m3")
    said = voice.speak(Sentence("Pam and Bob may move above the farm.", "en"), Delivery())
    voice.close()
    samples = np.concatenate([said.samples, np.zeros(int(SILENCE_S * said.rate_hz), np.int16)])
    with wave.open(str(tmp_path / "clip.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(said.rate_hz)
        sound.writeframes(samples.tobytes())
    return tmp_path / "clip.wav", said.duration_s


def test_a_recording_becomes_a_film_as_long_as_the_sound(recording: tuple[Path, float], tmp_path: Path) -> None:
    clip, spoken_s = recording
    film = tmp_path / "clip.mp4"
    assert main(["read", str(clip), "--to", str(film), "--width", "320", "--height", "180", "--fps", "20"]) == 0
    with av.open(str(film)) as container:
        length_s = float(container.duration or 0) / av.time_base
    assert length_s == pytest.approx(spoken_s + SILENCE_S + Delivery().preroll_s, abs=0.15)


def test_lips_move_with_the_sound_and_close_in_the_silence(recording: tuple[Path, float], tmp_path: Path) -> None:
    clip, spoken_s = recording
    assert main(["motion", str(clip), "-o", str(tmp_path / "clip.jsonl")]) == 0
    rows = [json.loads(line) for line in (tmp_path / "clip.jsonl").read_text(encoding="utf-8").splitlines()]
    heights = np.array([row["lip_height_mm"] for row in rows])
    times = np.array([row["time_s"] for row in rows])
    assert heights[(times > 0.2) & (times < spoken_s - 0.2)].max() > 6.0
    assert heights[times > spoken_s + 0.15].max() <= 0.3
