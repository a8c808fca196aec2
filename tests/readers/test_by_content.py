"""Bytes under wrong names in; the passage of what they really are out."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from narrator.errors import SourceRefused, SourceUnreadable
from readers.by_content import is_markup, is_pdf, passage_of_bytes, passage_of_fetched, passage_of_pdf_bytes
from readers.fetch import Fetched

PDF = Path(__file__).parent / "pdfs" / "ligatures.pdf"


def test_kinds_are_known_by_their_first_bytes() -> None:
    assert is_pdf(b"junk\n%PDF-1.4")
    assert is_markup("\n<!DOCTYPE html>")
    assert not is_markup("a < b and c > d")


def test_a_page_served_as_plain_text_is_still_a_page() -> None:
    fetched = Fetched(b"<html><title>T</title><p>Some words on a page.</p>", "text/plain", "", "http://h/a")
    assert passage_of_fetched(fetched, "http://h/a").title == "T"


def test_text_and_markdown_by_type() -> None:
    text = passage_of_fetched(
        Fetched("Grüße.".encode("latin-1"), "text/plain", "latin-1", "http://h/a.txt"), "http://h/a.txt"
    )
    assert [block.text for block in text.blocks] == ["Grüße."]
    markdown = passage_of_fetched(Fetched(b"# T\n\nWords.", "text/markdown", "", "http://h/a"), "http://h/a")
    assert markdown.title == "T"


def test_pictures_are_refused_and_binaries_unreadable() -> None:
    with pytest.raises(SourceRefused, match="image/png"):
        passage_of_fetched(Fetched(b"x", "image/png", "", "http://h/a"), "http://h/a")
    with pytest.raises(SourceUnreadable, match="ZIP"):
        passage_of_bytes(b"PK\x03\x04\0\0", "-")


def test_a_pdf_behind_an_address_is_read_and_its_copy_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fetched = Fetched(PDF.read_bytes(), "text/html", "", "http://h/a.pdf")
    passage = passage_of_fetched(fetched, "http://h/a.pdf")
    assert passage.source == "http://h/a.pdf"
    assert list(passage.blocks)
    assert not list(tmp_path.glob("narrator-*"))
    unread = passage_of_pdf_bytes(PDF.read_bytes(), "-", None)
    assert list(tmp_path.glob("narrator-*"))
    del unread
    gc.collect()
    assert not list(tmp_path.glob("narrator-*"))


def test_a_damaged_pdf_is_told_of_by_its_address_not_by_its_temporary_copy() -> None:
    fetched = Fetched(b"%PDF-1.7 nothing follows", "application/pdf", "", "http://h/a.pdf")
    with pytest.raises(
        SourceUnreadable, match=r'"http://h/a\.pdf" is damaged .* "qpdf FILE\.pdf mended\.pdf"'
    ) as caught:
        passage_of_fetched(fetched, "http://h/a.pdf")
    assert "document.pdf" not in str(caught.value)
