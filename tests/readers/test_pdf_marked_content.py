"""Marked content is handed out once, and what was taken of a page is measured."""

from __future__ import annotations

from pathlib import Path

from readers.pdf_marked_content import MarkedPages, Words
from readers.pdf_pages import PageReader
from readers.pdf_structure import Content
from tests.readers.pdf_opened import opened
from tests.readers.pdf_pages_made import drawn
from tests.readers.raw_pdf import one_page, raw_pdf

CONTENT = b"/P <</MCID 0>> BDC BT /F1 9 Tf 72 700 Td (in tags) Tj ET EMC BT /F1 9 Tf 72 600 Td (outside) Tj ET"


def test_content_is_given_once_and_counted(tmp_path: Path) -> None:
    pages = MarkedPages(PageReader(opened(raw_pdf(one_page(CONTENT)), tmp_path), lambda number: None))
    glyphs, page = pages.take(Content(3, 0, 0))
    assert ("".join(g.text for g in glyphs), page) == ("in tags", 1)
    assert pages.take(Content(3, 0, 0)) == ([], 1)
    assert pages.take(Content(99, 0, 0)) == ([], 0)
    coverage = pages.measure(0)
    assert (coverage.reached, coverage.letters, coverage.is_enough) == (6, 13, False)


def test_words_of_two_pages_are_lines_of_their_own() -> None:
    words = Words()
    words.add(drawn("first", 0, 100), 1)
    words.add(drawn("second", 0, 100), 2)
    words.add_text("spoken", 2)
    assert (words.lines(), words.page) == (["first", "second", "spoken"], 1)
