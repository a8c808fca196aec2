"""The text beside a sound is taken for its words only where somebody could have said them in that time."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from readers.transcript import MOST_BYTES, transcript

SAID = "Five of them moved the blue boat."


def test_the_words_beside_a_sound_are_its_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sound = tmp_path / "a.wav"
    assert transcript(sound, 3.0) == ""
    (tmp_path / "a.txt").write_bytes(f"  {SAID}\n\nGrüße!\n".encode("utf-8-sig"))
    assert transcript(sound, 3.0) == f"{SAID} Grüße!"
    assert not caplog.records


@pytest.mark.parametrize(
    ("content", "duration_s", "why"),
    [
        (SAID.encode(), 60.0, "only up to 60 s"),
        (SAID.encode() * 9, 3.0, "nobody says 55 words in 3.0 s"),
        (b"x" * 400, 3.0, "nobody says so long a text in 3.0 s"),
        ("\u4e00".encode() * 400, 3.0, "nobody says so long a text in 3.0 s"),
        (b"word " * MOST_BYTES, 59.0, "nobody says so long a text in 59.0 s"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), 30.0, "left aside: it is a PNG picture"),
        (bytes(range(32)) * 20, 30.0, "left aside: it is binary data"),
    ],
)
def test_what_cannot_be_what_is_said_is_left_aside_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes, duration_s: float, why: str
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert transcript(tmp_path / "a.wav", duration_s) == ""
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith("a.txt, beside the sound, is left aside: ")
    assert why in line


def test_an_empty_text_is_no_text(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a.txt").write_bytes(b" \n")
    assert transcript(tmp_path / "a.wav", 3.0) == ""
    assert not caplog.records
