"""The nouns of the PDF readers compare as their users expect."""

from __future__ import annotations

from readers.pdf_glyphs import Mark, PageGlyphs
from tests.readers.pdf_pages_made import drawn


def test_marks_are_the_same_only_when_they_are_one() -> None:
    assert Mark((0, 1)) != Mark((0, 1))


def test_an_empty_page_has_nothing() -> None:
    assert PageGlyphs(0, 0).glyphs == []


def test_a_drawn_text_runs_to_the_right() -> None:
    glyphs = drawn("ab", 10, 20, 12)
    assert [(g.x0, g.x1) for g in glyphs] == [(10, 16), (16, 22)]
