"""A meeting sees our face and hears our sound: a call in headless Chromium, judged at its far end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest

from benchmarks.face_mesh import FaceMesh
from tests.end_to_end.meeting import HEIGHT, SOUND_HZ, WIDTH, FarEnd, as_devices, hold_meeting, number_of

TEXT = "Papa may bob up. My map of Rome is far away, so we move on."
SIZE = ("--width", str(WIDTH), "--height", str(HEIGHT))
SETTLED = 30
"""The first second of a call comes in whatever quality its encoder begins with."""
LEAST_R = 0.9
WINDOW = SOUND_HZ // 50
"""Samples of 20 ms."""


@dataclass(frozen=True)
class Meeting:
    """What was sent and what arrived."""

    far_end: FarEnd
    heights_mm: np.ndarray
    """Between the lips, as drawn, for each frame of the film."""
    sound: np.ndarray
    """The film's, at SOUND_HZ."""


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory) -> Meeting:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("Chromium is not installed: run scripts/set_up test")
    folder = tmp_path_factory.mktemp("meeting")
    film, motion = folder / "said.mp4", folder / "motion.jsonl"
    said = ("--text", TEXT, *SIZE)
    for words in (("read", *said, "--to", str(film)), ("motion", *said, "-o", str(motion))):
        subprocess.run([sys.executable, "-m", "narrator", *words], check=True, capture_output=True, timeout=200)
    camera, microphone = as_devices(film, folder)
    length_s = _seconds(film)
    far_end = hold_meeting(chromium, camera, microphone, 1.2 * length_s + 3, folder)
    assert not [words for words in far_end.said if words.startswith("error")], far_end.said
    heights = [json.loads(line)["lip_height_mm"] for line in motion.read_text().splitlines()]
    sound = np.frombuffer(microphone.read_bytes()[44:], np.int16).astype(np.float64)
    return Meeting(far_end, np.array(heights), sound)


def _seconds(film: Path) -> float:
    with av.open(str(film)) as opened:
        return float((opened.duration or 0) / av.time_base)


@pytest.mark.slow
def test_the_far_end_finds_the_face_and_its_lips_follow_the_articulation(meeting: Meeting) -> None:
    arrived = [picture for _, picture in meeting.far_end.pictures[SETTLED:]]
    numbers = np.array([number_of(picture) for picture in arrived])
    assert len(arrived) > 100
    assert numbers.max() < len(meeting.heights_mm)
    assert (np.diff(numbers) >= 0).mean() > 0.95, "in order, but for where the film begins anew"
    with FaceMesh() as instrument:
        seen = [instrument.see(picture) for picture in arrived]
    assert all(seen), "the face is found in every frame"
    gaps = [sighting.gap for sighting in seen if sighting]
    r = float(np.corrcoef(gaps, np.maximum(meeting.heights_mm[numbers], 0.0))[0, 1])
    print(f"{len(arrived)} frames at the far end, r = {r:.3f}")
    assert r >= LEAST_R


@pytest.mark.slow
def test_the_sound_arrives_undamaged(meeting: Meeting) -> None:
    """The loudness of eight bands, 50 times a second, follows what was sent."""
    heard = meeting.far_end.sound
    got = _bands(heard[SOUND_HZ:].astype(np.float64))
    looped = np.concatenate([meeting.sound] * 2)
    scores = []
    for shift in range(0, WINDOW, WINDOW // 4):  # the two were not begun in the same hundredth of a second
        sent = _bands(looped[shift:])
        span = min(len(got), len(sent) // 2)
        assert span >= 100
        scores += [_likeness(sent[lag : lag + span], got[:span]) for lag in range(len(sent) - span)]
    print(f"{len(heard) / SOUND_HZ:.1f} s of sound at the far end, likeness {max(scores):.3f}")
    assert max(scores) >= LEAST_R


def _bands(sound: np.ndarray) -> np.ndarray:
    """(windows, 8) decibels of octave-like bands from 100 Hz to 7 kHz, 20 ms each."""
    count = len(sound) // WINDOW
    scale = np.abs(sound).max() or 1.0
    power = np.abs(np.fft.rfft(sound[: count * WINDOW].reshape(count, WINDOW) / scale, axis=1)) ** 2
    edges = np.geomspace(100, 7000, 9) / 50
    bands = [
        power[:, round(low) : max(round(high), round(low) + 1)].sum(axis=1)
        for low, high in zip(edges, edges[1:], strict=False)
    ]
    return np.asarray(10 * np.log10(np.array(bands).T + 1e-3))


def _likeness(sent: np.ndarray, got: np.ndarray) -> float:
    return float(np.corrcoef(sent.ravel(), got.ravel())[0, 1])
