"""A .wav that was cut short is known by its own header; one whose length nobody knew when it was written is not."""

from __future__ import annotations

import logging
import struct
import wave
from pathlib import Path

import pytest

from readers.open_source import open_source
from readers.wave_header import promised_and_there_s

RATE_HZ = 8000
DATA_AT = 36
"""Bytes before the sound's own chunk, in the files that wave writes."""


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """Two seconds."""
    with wave.open(str(tmp_path / "whole.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(b"\x00\x10" * (2 * RATE_HZ))
    return (tmp_path / "whole.wav").read_bytes()


def told(tmp_path: Path, content: bytes) -> tuple[float, float] | None:
    (tmp_path / "a.wav").write_bytes(content)
    return promised_and_there_s(tmp_path / "a.wav")


def test_what_is_missing_is_counted_in_seconds(tmp_path: Path, whole: bytes) -> None:
    assert told(tmp_path, whole) == (2.0, 2.0)
    assert told(tmp_path, whole + b"LIST\x04\x00\x00\x00INFO") == (2.0, 2.0)
    assert told(tmp_path, whole[:-RATE_HZ]) == (2.0, 1.5)
    noted = whole[:DATA_AT] + b"note\x03\x00\x00\x00abc\x00" + whole[DATA_AT:]
    assert told(tmp_path, noted[:-RATE_HZ]) == (2.0, 1.5)


@pytest.mark.parametrize("length", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_length_that_nobody_knew_promises_nothing(tmp_path: Path, whole: bytes, length: int) -> None:
    place = DATA_AT + 4
    assert told(tmp_path, whole[:place] + struct.pack("<I", length) + whole[place + 4 :]) is None


def test_what_is_no_wave_promises_nothing(tmp_path: Path, whole: bytes) -> None:
    for content in (b"", b"RIFF", b"ID3 and more", whole[:DATA_AT], whole[:20], whole[:12] + b"fmt \x00\x00\x00\x00"):
        assert told(tmp_path, content) is None


def test_a_recording_that_is_cut_short_is_read_and_told_of(
    tmp_path: Path, whole: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.wav").write_bytes(whole[: -2 * RATE_HZ])
    with caplog.at_level(logging.WARNING):
        assert list(open_source(str(tmp_path / "a.wav")).blocks)
        assert list(open_source(str(tmp_path / "whole.wav")).blocks)
    assert [record.getMessage() for record in caplog.records] == [
        "a.wav is cut short: 1.0 of its 2.0 s of sound are there"
    ]
