"""Texts with places in; glyphs and segments as a page has them out."""

from __future__ import annotations

from readers.pdf_glyphs import NO_MARK, FontStyle, Glyph
from readers.pdf_lines import Segment, segments_of

PLAIN = FontStyle(is_bold=False, is_italic=False, is_monospaced=False)
BOLD = FontStyle(is_bold=True, is_italic=False, is_monospaced=False)
LETTER_EM = 0.5
"""Every letter of these pages is half an em wide."""

_runs = iter(range(10**9))


def drawn(text: str, x: float, y: float, size: float = 10.0, font: FontStyle = PLAIN) -> list[Glyph]:
    """The glyphs of a text that begins at a place."""
    run = next(_runs)
    width = LETTER_EM * size
    return [Glyph(c, x + i * width, x + (i + 1) * width, y, size, font, NO_MARK, run) for i, c in enumerate(text)]


def page(*texts: tuple[str, float, float]) -> list[Segment]:
    """The segments of texts at places."""
    return segments_of([glyph for text, x, y in texts for glyph in drawn(text, x, y)])
