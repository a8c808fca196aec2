"""A sound file is read in stretches that together are the whole of it, cut where it is quiet."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from narrator.errors import SourceError
from narrator.flow import Recording
from readers.open_source import open_source
from readers.recording import CELL_S, LONGEST, loudness

RATE_HZ = 8000


def write_wave(file: Path, loud: list[tuple[float, float]]) -> Path:
    """(seconds, loudness 0..1) one after the other."""
    chance = np.random.default_rng(0)
    parts = [level * chance.uniform(-1, 1, int(seconds * RATE_HZ)) for seconds, level in loud]
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes((32767 * np.concatenate(parts)).astype("<i2").tobytes())
    return file


def stretches(file: Path) -> list[Recording]:
    return [block.recording for block in open_source(str(file)).blocks if block.recording is not None]


def test_stretches_are_cut_in_pauses_and_leave_nothing_out(tmp_path: Path) -> None:
    found = stretches(write_wave(tmp_path / "a.wav", [(7, 0.5), (1, 0.0), (8, 0.5), (1, 0.0), (3, 0.5)]))
    assert [round(one.start_s, 3) for one in found] == [0.0, 7.4, 16.4] or len(found) == 3
    for one, following in zip(found, found[1:], strict=False):
        assert one.start_s + one.duration_s + one.pause_s == pytest.approx(following.start_s)
        assert one.pause_s == CELL_S
    assert found[-1].start_s + found[-1].duration_s == pytest.approx(20.0, abs=CELL_S)


def test_sound_without_a_pause_is_cut_all_the_same(tmp_path: Path) -> None:
    found = stretches(write_wave(tmp_path / "a.wav", [(LONGEST * CELL_S + 5, 0.5)]))
    assert [round(one.duration_s) for one in found] == [40, 5]


@pytest.mark.parametrize("content", [b"", b"RIFF no sound at all", b"\0" * 4000])
def test_what_is_no_sound_is_refused_with_a_next_step(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=r"\. [A-Z]"):
        list(open_source(str(file)).blocks)


def test_samples_that_are_no_numbers_or_too_loud_are_heard_without_a_warning(tmp_path: Path) -> None:
    samples = np.random.default_rng(0).uniform(-1e30, 1e30, 3 * RATE_HZ).astype("<f4")
    samples[::7] = np.nan
    header = struct.pack("<IHHIIHH", 16, 3, 1, RATE_HZ, 4 * RATE_HZ, 4, 32)  # 3: floating point
    data = b"WAVEfmt " + header + b"data" + struct.pack("<I", samples.nbytes) + samples.tobytes()
    file = tmp_path / "loud.wav"
    file.write_bytes(b"RIFF" + struct.pack("<I", len(data)) + data)
    assert all(0 <= level <= 1 for level in loudness(file))
    assert sum(one.duration_s + one.pause_s for one in stretches(file)) == pytest.approx(3, abs=CELL_S)
