"""The path of a PDF in; a Passage with its title, language, outline and lazily read blocks out."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from narrator import errors
from narrator.flow import Block, BlockKind, Passage
from readers import pdf_faults
from readers.pdf_process import SILENCE_LIMIT_S, PdfWorker, WorkerGone, WorkerSilent

log = logging.getLogger(__name__)

PASSWORD_VARIABLE = "NARRATOR_PDF_PASSWORD"  # noqa: S105 - the variable's name, not a password
FIRST_BLOCK_LIMIT_S = 30.0
"""A scan of 1,000 pages is known to have no text after about 5 s."""
HEADER_BYTES = 1024
"""Readers accept "%PDF-" anywhere in the first 1,024 bytes (ISO 32000-1, annex H.3.4.1)."""
_FAULT_KINDS = {
    kind.__name__: kind
    for kind in (
        errors.SourceError,
        errors.SourceMissing,
        errors.SourceRefused,
        errors.SourceUnreadable,
        errors.SourceTimeout,
        errors.PasswordNeeded,
    )
}


class PdfReader:
    """Reads PDF files; parsing happens in a child process with limits on time and memory."""

    def __init__(self, password: str | None = None) -> None:
        self._password = password

    def can_read(self, source: str) -> bool:
        """True for a file that begins like a PDF, and for a path that ends in .pdf."""
        if "://" in source:
            return False
        return source.lower().endswith(".pdf") or _begins_like_pdf(source)

    def read(self, source: str) -> Passage:
        """The passage, its first block already read, the rest read while it is spoken."""
        path = _checked(source)
        password = self._password if self._password is not None else os.environ.get(PASSWORD_VARIABLE)
        blocks = PdfBlocks(PdfWorker(path, password or None), path)
        head, first = blocks.open()
        title = str(head.get("title", ""))
        if not title and first.kind is BlockKind.HEADING:
            title = first.text
        outline = tuple((int(level), str(text)) for level, text in head.get("outline", ()))
        return Passage(source, title, str(head.get("language", "")), blocks, outline)


class PdfBlocks(Iterator[Block]):
    """The blocks of one PDF as they come; dropping or closing it ends the child process."""

    def __init__(self, worker: PdfWorker, path: str) -> None:
        self._worker = worker
        self._path = path
        self._page = 0
        self._first: Block | None = None
        self._is_over = False

    def open(self) -> tuple[dict[str, Any], Block]:
        """The document's head and first block; raises a SourceError where there is none."""
        deadline = time.monotonic() + FIRST_BLOCK_LIMIT_S
        head: dict[str, Any] = {}
        while self._first is None:
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                self.close()
                raise pdf_faults.too_slow(self._path, self._page, FIRST_BLOCK_LIMIT_S)
            message = self._message(min(left_s, SILENCE_LIMIT_S))
            head = message.get("opened", head)
            if "block" in message:
                self._first = _block(message["block"])
            elif "end" in message:
                raise pdf_faults.no_text(self._path, self._page, 0, 0)
        return head, self._first

    def __next__(self) -> Block:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        while not self._is_over:
            message = self._message(SILENCE_LIMIT_S)
            if "block" in message:
                return _block(message["block"])
            if "end" in message:
                self.close()
        raise StopIteration

    def close(self) -> None:
        """Ends the child process; there are no more blocks after it."""
        self._is_over = True
        self._worker.close()

    def _message(self, limit_s: float) -> dict[str, Any]:
        try:
            message = self._worker.next_message(limit_s)
        except WorkerSilent:
            self._is_over = True
            raise pdf_faults.too_slow(self._path, self._page + 1, limit_s) from None
        except WorkerGone:
            self._is_over = True
            if self._page:
                raise pdf_faults.broke_off(self._path, self._page) from None
            raise pdf_faults.damaged(self._path, "it ends the process that reads it") from None
        if "fault" in message:
            self.close()
            fault = message["fault"]
            raise _FAULT_KINDS.get(fault["kind"], errors.SourceUnreadable)(*fault["args"])
        if "page" in message:
            self._page = int(message["page"])
        if "log" in message:
            log.log(int(message["level"]), "%s: %s", self._path, message["log"])
        return message


def _checked(source: str) -> str:
    path = Path(source)
    if not path.exists():
        raise errors.SourceMissing("a PDF file", f'there is no "{source}"', "Check the name and the folder.")
    if not path.is_file():
        raise errors.SourceRefused("a PDF file", f'"{source}" is not a file', "Name the file itself.")
    try:
        is_empty = path.stat().st_size == 0
        with path.open("rb"):
            pass
    except OSError as fault:
        raise errors.SourceUnreadable(
            "a PDF file that may be read", f'"{source}" cannot be opened ({fault.strerror})', "Check its permissions."
        ) from fault
    if is_empty:
        raise errors.SourceUnreadable("a PDF file", f'"{source}" is empty', "Download or save it again.")
    if not _begins_like_pdf(source):
        raise pdf_faults.not_a_pdf(source)
    return str(path)


def _begins_like_pdf(source: str) -> bool:
    try:
        with open(source, "rb") as file:
            return b"%PDF-" in file.read(HEADER_BYTES)
    except (OSError, ValueError):
        return False


def _block(fields: dict[str, Any]) -> Block:
    return Block(**{**fields, "kind": BlockKind(fields["kind"])})
