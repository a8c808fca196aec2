"""A text file of any encoding in, a Passage of its paragraphs out; binary files are refused."""

from __future__ import annotations

from narrator.errors import SourceUnreadable
from narrator.flow import Block, BlockKind, Passage
from readers.charset import binary_kind, decode_text
from readers.file_source import has_suffix, read_bytes
from readers.preformatted import paragraphs_of

SUFFIXES = (".txt",)
"""Read as they stand; a file of any other name may hold a page."""


class PlainTextReader:
    """Reads .txt files."""

    def can_read(self, source: str) -> bool:
        """True for a path that ends as text files do."""
        return has_suffix(source, SUFFIXES)

    def read(self, source: str) -> Passage:
        """The file's paragraphs, hard-wrapped lines joined."""
        return passage_of_text(text_of_bytes(read_bytes(source), source), source)


def text_of_bytes(data: bytes, source: str, charset: str = "") -> str:
    """Decoded text. Raises SourceUnreadable for anything that is not text."""
    kind = binary_kind(data)
    if kind:
        raise SourceUnreadable("text", f"{source} is {kind}", "Give a page, a PDF, or a text file.")
    return decode_text(data, charset)


def passage_of_text(text: str, source: str) -> Passage:
    """Paragraphs of running text. Raises SourceUnreadable when it holds no word."""
    parts = [part for part in paragraphs_of(text) if any(character.isalnum() for character in part)]
    if not parts:
        raise SourceUnreadable("text to read", f"{source} holds no words", "Choose another source.")
    return Passage(source=source, title="", language="", blocks=[Block(BlockKind.PARAGRAPH, part) for part in parts])
