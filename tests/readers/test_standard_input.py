"""Piped bytes in; the passage of whatever they are out."""

from __future__ import annotations

from io import BytesIO

import pytest

from narrator.errors import SourceMissing, SourceRefused, SourceUnreadable
from readers import standard_input
from readers.standard_input import StandardInputReader


def test_text_and_pages_are_told_apart() -> None:
    text = StandardInputReader(BytesIO("Grüße.".encode())).read("-")
    page = StandardInputReader(BytesIO(b"<html><title>T</title><p>Some words on a page.</p>")).read("-")
    assert [block.text for block in text.blocks] == ["Grüße."]
    assert [block.text for block in page.blocks] == ["Some words on a page."]


def test_it_reads_the_dash_only() -> None:
    assert StandardInputReader().can_read("-")
    assert not StandardInputReader().can_read("-x")


def test_nothing_too_much_and_binary_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceMissing):
        StandardInputReader(BytesIO(b"\n")).read("-")
    with pytest.raises(SourceUnreadable):
        StandardInputReader(BytesIO(b"\x7fELF\0\0\0")).read("-")
    monkeypatch.setattr(standard_input, "FILE_BYTES_MAX", 10)
    with pytest.raises(SourceRefused):
        StandardInputReader(BytesIO(b"x" * 20)).read("-")


def test_a_closed_standard_input_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(SourceMissing, match="it is empty"):
        StandardInputReader().read("-")
