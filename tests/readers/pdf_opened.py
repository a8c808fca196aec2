"""The bytes of a PDF and a folder in; the document opened in this process out."""

from __future__ import annotations

from pathlib import Path

from readers.pdf_document import PdfDocument


def opened(data: bytes, folder: Path, password: str | None = None) -> PdfDocument:
    """The document; the test's end closes its file."""
    path = folder / "opened.pdf"
    path.write_bytes(data)
    return PdfDocument(str(path), password)


def shown_text(document: PdfDocument, index: int = 0) -> str:
    """What a page shows, in the order it is drawn."""
    assert document.has_page(index)
    return "".join(glyph.text for glyph in document.glyphs(index).glyphs)
