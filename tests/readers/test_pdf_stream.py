"""A document's blocks come by tags or layout, and an empty one says why it is empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import SourceUnreadable
from readers.pdf_stream import read_blocks
from tests.readers.pdf_opened import opened
from tests.readers.raw_pdf import HELLO, one_page, raw_pdf


def test_blocks_come_with_their_page(tmp_path: Path) -> None:
    blocks = list(read_blocks(opened(raw_pdf(one_page()), tmp_path)))
    assert [(block.text, block.page) for block in blocks] == [("Hello from a damaged file.", 1)]


def test_broken_tags_fall_back_to_the_layout(tmp_path: Path) -> None:
    objects = one_page(HELLO, catalog=b"/StructTreeRoot 10 0 R", more={10: b"<</K 11 0 R>>", 11: b"[1 2 (x)]"})
    assert [block.text for block in read_blocks(opened(raw_pdf(objects), tmp_path))] == ["Hello from a damaged file."]


@pytest.mark.parametrize(("content", "reason"), [(b"", "has no text"), (b"BT /F9 9 Tf <0102> Tj", "OCR")])
def test_an_empty_document_says_why(content: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=reason):
        list(read_blocks(opened(raw_pdf(one_page(content)), tmp_path)))
