"""Text files in; passages of paragraphs out, and binary files refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.errors import SourceError, SourceUnreadable
from narrator.flow import BlockKind
from readers.plain_text import PlainTextReader, passage_of_text, text_of_bytes


def test_a_file_becomes_paragraphs_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes("Größe zählt.\r\n\r\nZweiter Absatz.".encode("cp1252"))
    passage = PlainTextReader().read(str(path))
    assert passage.title == ""
    assert [block.text for block in passage.blocks] == ["Größe zählt.", "Zweiter Absatz."]
    assert {block.kind for block in passage.blocks} == {BlockKind.PARAGRAPH}


def test_the_reader_knows_its_files() -> None:
    assert PlainTextReader().can_read("a.TXT")
    assert not PlainTextReader().can_read("a.pdf")
    assert not PlainTextReader().can_read("https://example.org/a.txt")


def test_a_picture_is_refused_by_name() -> None:
    with pytest.raises(SourceUnreadable, match="PNG"):
        text_of_bytes(b"\x89PNG\r\n", "a.txt")


def test_text_without_a_word_is_unreadable() -> None:
    with pytest.raises(SourceUnreadable):
        passage_of_text("*** --- ***\n\n...", "stars")


@given(st.text(max_size=500))
def test_any_text_gives_words_or_one_clear_error(text: str) -> None:
    try:
        passage = passage_of_text(text, "any")
    except SourceError:
        return
    assert all(block.text == " ".join(block.text.split()) and block.text for block in passage.blocks)
