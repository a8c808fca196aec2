"""Whatever is piped into standard input in, a Passage out: text, a page or a PDF, by its first bytes."""

from __future__ import annotations

import io
import sys
from typing import BinaryIO

from narrator.errors import SourceMissing, SourceRefused
from narrator.flow import Passage
from readers.by_content import is_pdf, passage_of_bytes
from readers.fetch import PDF_BYTES_MAX
from readers.file_source import FILE_BYTES_MAX

NAME = "-"


class StandardInputReader:
    """Reads "-"."""

    def __init__(self, stream: BinaryIO | None = None, password: str | None = None) -> None:
        self._stream = stream
        self._password = password

    def can_read(self, source: str) -> bool:
        """True for "-"."""
        return source == NAME

    def read(self, source: str) -> Passage:
        """Everything up to the end of the stream."""
        stream = self._stream if self._stream is not None else _standard_input()
        data = stream.read(FILE_BYTES_MAX + 1)
        if is_pdf(data):
            data += stream.read(PDF_BYTES_MAX - len(data) + 1)
        limit = PDF_BYTES_MAX if is_pdf(data) else FILE_BYTES_MAX
        if len(data) > limit:
            raise SourceRefused(
                f"at most {limit // (1024 * 1024)} MB", "standard input holds more", "Read a part of it."
            )
        if not data.strip():
            raise SourceMissing("text on standard input", "it is empty", "Pipe something in, or name a file.")
        return passage_of_bytes(data, "standard input", self._password)


def _standard_input() -> BinaryIO:
    """As empty where it was closed, as for a program that was started without one."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer
