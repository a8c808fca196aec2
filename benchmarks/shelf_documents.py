"""A folder in, thirty documents of several kinds in it out, seven of which nobody can read."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np

from benchmarks.speech_text import sentences

GOOD, BAD = 23, 7
RATE_HZ = 16_000


def write_documents(folder: Path) -> None:
    """GOOD + BAD files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(8):
        (folder / f"note{number}.md").write_text(_markdown(number), encoding="utf-8")
        (folder / f"page{number}.html").write_text(_html(number), encoding="utf-8")
    for number in range(5):
        text = " ".join(f"Text {number}. {sentence}" for sentence in sentences(1 + number % 2))
        (folder / f"text{number}.txt").write_text(text, encoding="utf-8")
    _write_pdf(folder / "paper.pdf")
    _write_tone(folder / "tone.wav")
    _write_bad(folder)


def _markdown(number: int) -> str:
    """The first one is long enough for several sections."""
    chapters, length = (4, 4) if number == 0 else (2, 1)
    words = f"This is note {number}. {' '.join(sentences(length))}"
    return "\n\n".join([f"# Note {number}", *(f"## Chapter {one}\n\n{words}" for one in range(1, chapters + 1))])


def _html(number: int) -> str:
    body = "".join(f"<p>Page {number} says: {sentence}</p>" for sentence in sentences(1 + number % 2))
    return f"<html lang='en'><title>Page {number}</title><body><article><h1>Page {number}</h1>{body}</article></body>"


def _write_pdf(path: Path) -> None:
    """Three lines."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=True)
    for place, sentence in enumerate(sentences(3)):
        canvas.drawString(60, 780 - 14 * place, sentence)
    canvas.save()


def _write_tone(path: Path) -> None:
    """A recording that says nothing."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        loud = np.abs(np.sin(np.arange(RATE_HZ * 4) / RATE_HZ * 9))
        sound.writeframes((loud * np.sin(np.arange(RATE_HZ * 4) / 23) * 9000).astype(np.int16).tobytes())


def _write_bad(folder: Path) -> None:
    (folder / "bad-empty.txt").write_bytes(b"")
    (folder / "bad-noise.md").write_bytes(os.urandom(4000))
    (folder / "bad-start.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    (folder / "bad-half.pdf").write_bytes((folder / "paper.pdf").read_bytes()[:-400])
    (folder / "bad-page.html").write_text("<html><body></body></html>", encoding="utf-8")
    (folder / "bad-sound.wav").write_bytes(b"RIFF and no sound")
    (folder / "bad-link.txt").symlink_to(folder / "nowhere.txt")
