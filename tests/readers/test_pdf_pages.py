"""Pages are read with their neighbours in view, and bad ones left out."""

from __future__ import annotations

from pathlib import Path

from readers.pdf_pages import NEIGHBOURS, PageReader, layout_pieces
from tests.readers.pdf_opened import opened

BOOK = (Path(__file__).parent / "pdfs" / "running_heads.pdf").read_bytes()


def test_only_a_window_of_pages_is_kept(tmp_path: Path) -> None:
    met: list[int] = []
    reader = PageReader(opened(BOOK, tmp_path), met.append)
    for _ in layout_pieces(reader):
        assert len(reader._window) <= 2 * NEIGHBOURS + 1
    assert met == list(range(1, reader.pages + 1))


def test_body_style_and_words_are_learnt(tmp_path: Path) -> None:
    reader = PageReader(opened(BOOK, tmp_path), lambda number: None)
    list(layout_pieces(reader))
    assert reader.body.size == 12.0
    assert "lighthouse" in reader.words


def test_a_page_whose_content_is_no_content_is_empty(tmp_path: Path) -> None:
    reader = PageReader(opened(BOOK.replace(b"/FlateDecode", b"/FlaxeDecode", 1), tmp_path), lambda number: None)
    assert list(layout_pieces(reader))
