"""A file with a broken table or a missing end gets a new table."""

from __future__ import annotations

import io

import pypdf
import pytest

from readers.pdf_repair import repaired
from tests.readers.raw_pdf import one_page, raw_pdf, stream

TEXT = "Hello from a damaged file."


def text_of(data: bytes | None) -> str:
    assert data is not None
    return pypdf.PdfReader(io.BytesIO(data), strict=True).pages[0].extract_text()


def test_a_file_without_its_end_is_whole_again() -> None:
    data = raw_pdf(one_page())
    assert text_of(repaired(data[: data.index(b"xref")])) == TEXT


def test_a_lost_catalog_is_made_anew() -> None:
    objects = one_page()
    del objects[1]
    assert text_of(repaired(raw_pdf(objects))) == TEXT


def test_objects_in_object_streams_are_unpacked() -> None:
    objects = one_page()
    inside = [objects.pop(1), objects.pop(2)]
    head = b"1 0 2 %d " % (len(inside[0]) + 1)
    packed = stream(head + b" ".join(inside), b"/Type/ObjStm/N 2/First %d" % len(head), deflate=True)
    assert text_of(repaired(raw_pdf({**objects, 9: packed}))) == TEXT


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"1 0 obj << /Type /Catalog >> endobj"])
def test_nothing_is_made_of_nothing(data: bytes) -> None:
    assert repaired(data) is None
