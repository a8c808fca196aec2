"""Nothing in; an empty canvas that gives the same bytes every time, and what a sample is, out."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
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
