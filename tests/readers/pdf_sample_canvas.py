"""Nothing in; an empty canvas that gives the same bytes every time, and what a sample is, out."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4


@dataclass(frozen=True)
class Sample:
    """A PDF and its blocks, as a person wants them read."""

    name: str
    pdf: bytes
    blocks: list[str]


def canvas_of(title: str = "", font: str = "Times-Roman") -> tuple[Canvas, io.BytesIO]:
    """An A4 canvas that gives the same bytes every time."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, initialFontName=font, pageCompression=1)
    if title:
        canvas.setTitle(title)
    return canvas, buffer


def broken(text: str, font: str, size: float, width: float, *, hyphens: bool = False) -> list[str]:
    """Lines of at most that width; with hyphens, words of eight letters or more are cut to fill them."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, font, size) <= width:
            lines[-1] = longer
            continue
        cut = _cut(word, lines[-1], font, size, width) if hyphens else None
        if cut is None:
            lines.append(word)
        else:
            lines[-1], rest = f"{lines[-1]} {word[:cut]}-", word[cut:]
            if word[cut - 1] == "-":  # a hyphen of the word's own
                lines[-1] = lines[-1][:-1]
            lines.append(rest)
    return lines


def _cut(word: str, line: str, font: str, size: float, width: float) -> int | None:
    if "-" in word.strip("-"):
        cut = word.index("-") + 1
        return cut if stringWidth(f"{line} {word[:cut]}", font, size) <= width else None
    if len(word) < 8 or not word.isalpha():
        return None
    for cut in range(len(word) - 3, 2, -1):
        if stringWidth(f"{line} {word[:cut]}-", font, size) <= width:
            return cut
    return None
