"""Bytes of unknown kind in; the Passage of whichever reader understands them out."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from narrator.errors import SourceError, SourceRefused
from narrator.flow import Block, Passage
from readers.fetch import Fetched, shown
from readers.html_passage import passage_of_page
from readers.plain_text import passage_of_text, text_of_bytes

_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|title|meta|p|div|article|h1|table)\b", re.I)
_MARKUP_WITHIN = 4096  # characters; a page shows its markup at the very top
_PDF_WITHIN = 1024  # bytes; where PDF readers look for the header
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")
_OF_A_MOTION = b'"asked_'
"""How avatar/motion/saved.py begins the names of what was asked of the face."""
_MOTION_WITHIN = 1024  # bytes; the first frame of ours has it after 600
_NOT_TEXT = ("image/", "audio/", "video/", "font/")


def is_pdf(data: bytes) -> bool:
    """True when the bytes begin as a PDF does."""
    return b"%PDF-" in data[:_PDF_WITHIN]


def is_markup(text: str) -> bool:
    """True for text that begins as an HTML page does."""
    return _MARKUP.search(text[:_MARKUP_WITHIN]) is not None


def refuse_motion(data: bytes, source: str, file: str) -> None:
    """What narrator motion wrote can be drawn, not read; file is where it is, or would have to be."""
    if data[:1] == b"{" and _OF_A_MOTION in data[:_MOTION_WITHIN]:
        came = f"{source} is the motion of a face, which narrator motion wrote"
        raise SourceRefused("something to read", came, f"Have it drawn: narrator read SOURCE --motion {file}")


def passage_of_fetched(fetched: Fetched, source: str, password: str | None = None) -> Passage:
    """What an address gave, by what it is rather than by what the server calls it."""
    name = shown(source)
    if is_pdf(fetched.data):
        return replace(passage_of_pdf_bytes(fetched.data, name, password), source=source)
    if fetched.media_type.startswith(_NOT_TEXT):
        raise SourceRefused("a page, a text or a PDF", f"{name} is {fetched.media_type}", "Give the page it is on.")
    text = text_of_bytes(fetched.data, name, fetched.charset)
    if fetched.media_type == "text/markdown":
        from readers.markdown import passage_of_markdown

        return passage_of_markdown(text, name)
    if fetched.media_type in _PAGE_TYPES or is_markup(text):
        return passage_of_page(text, name)
    return passage_of_text(text, name)


def passage_of_bytes(data: bytes, source: str, password: str | None = None) -> Passage:
    """Bytes without a name or type, such as standard input."""
    if is_pdf(data):
        return replace(passage_of_pdf_bytes(data, source, password), source=source)
    refuse_motion(data, source, "FILE.jsonl")
    text = text_of_bytes(data, source)
    return passage_of_page(text, source) if is_markup(text) else passage_of_text(text, source)


def passage_of_pdf_bytes(data: bytes, source: str, password: str | None) -> Passage:
    """Through a file of its own, since PDFs are read while they are spoken; it goes when the blocks are let go."""
    from readers.pdf import PdfReader

    folder = Path(tempfile.mkdtemp(prefix="narrator-"))
    try:
        path = folder / "document.pdf"
        path.write_bytes(data)
        with _told_of(source, path):
            passage: Passage = PdfReader(password=password).read(str(path))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return replace(passage, blocks=_BlocksOfTemporaryFile(passage.blocks, source, path))


@contextmanager
def _told_of(source: str, path: Path) -> Iterator[None]:
    """Nobody knows the temporary file, and it is gone when its fault is read: the fault names the source instead."""
    try:
        yield
    except SourceError as fault:
        step = fault.next_step
        if str(path) in step:
            step = f"Save it as FILE.pdf. {step.replace(str(path), 'FILE.pdf')}"
        raise type(fault)(fault.expected, fault.came.replace(str(path), source), step) from fault


class _BlocksOfTemporaryFile:
    """Blocks whose file is deleted once nobody can ask for more of them."""

    def __init__(self, blocks: Iterable[Block], source: str, path: Path) -> None:
        self._blocks = blocks
        self._source, self._path = source, path
        self._finalizer = weakref.finalize(self, shutil.rmtree, path.parent, ignore_errors=True)

    def __iter__(self) -> Iterator[Block]:
        with _told_of(self._source, self._path):
            yield from self._blocks
        self._finalizer()
