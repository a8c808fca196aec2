"""A document opens with its head and gives its pages one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import SourceError
from readers.pdf_document import CACHED_OBJECTS
from tests.readers.pdf_opened import opened, shown_text
from tests.readers.raw_pdf import one_page, raw_pdf


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (b"A Keeper's Book", "A Keeper's Book"),
        (b"Microsoft Word - The Report", "The Report"),
        (b"untitled", ""),
        (b"thesis_final2.docx", ""),
        (b"\xfe\xff\x00\xc9\x00t\x00\xe9", "\u00c9t\u00e9"),
    ],
)
def test_a_title_is_one_or_none(written: bytes, title: str, tmp_path: Path) -> None:
    data = raw_pdf({**one_page(), 9: b"<</Title(%b)>>" % written}, b"/Root 1 0 R/Info 9 0 R")
    assert opened(data, tmp_path).title == title


def test_a_language_that_is_none_is_left_empty(tmp_path: Path) -> None:
    assert opened(raw_pdf(one_page(catalog=b"/Lang(de-CH)")), tmp_path).language == "de-CH"
    assert opened(raw_pdf(one_page(catalog=b"/Lang(no idea!)")), tmp_path).language == ""


def test_pages_are_found_by_place_and_by_object(tmp_path: Path) -> None:
    document = opened(raw_pdf(one_page()), tmp_path)
    assert document.has_page(0)
    assert not document.has_page(1)
    assert (document.page_index(3), document.page_index(4)) == (0, None)


def test_a_broken_table_is_mended(tmp_path: Path) -> None:
    data = raw_pdf(one_page())
    document = opened(data[: data.index(b"xref")], tmp_path)
    assert document.is_mended
    assert shown_text(document) == "Hello from a damaged file."


def test_parsed_objects_are_forgotten(tmp_path: Path) -> None:
    document = opened(raw_pdf(one_page()), tmp_path)
    document.miner._cached_objs.update({10_000 + n: (None, 0) for n in range(CACHED_OBJECTS)})
    shown_text(document)
    assert len(document.miner._cached_objs) < CACHED_OBJECTS


def test_a_large_file_without_its_end_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="its end is missing"):
        opened(b"%PDF-1.7\n" + bytes(50 << 20), tmp_path)
