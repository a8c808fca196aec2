"""What the user named in, its Passage out: chooses the reader, by name or content."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from narrator.errors import SourceRefused
from narrator.flow import Passage

_OTHER_FORMATS = {
    ".epub": "an e-book",
    ".mobi": "an e-book",
    ".azw3": "an e-book",
    ".docx": "a word processor's document",
    ".doc": "a word processor's document",
    ".odt": "a word processor's document",
    ".rtf": "a word processor's document",
    ".pptx": "a presentation",
    ".xlsx": "a spreadsheet",
    ".mhtml": "a web archive",
    ".mht": "a web archive",
    ".webarchive": "a web archive",
}
_DATA = (".json", ".jsonl", ".ndjson")
TIME_LIMIT_S = 20.0
"""As in readers/fetch.py, which is too heavy to import for a number."""
_SNIFF_BYTES = 1024


def open_source(
    source: str, *, password: str | None = None, text: str | None = None, time_limit_s: float = TIME_LIMIT_S
) -> Passage:
    """The passage behind the source. text, where given, is read itself. Raises a SourceError."""
    if text is not None:
        from readers.literal_text import LiteralTextReader

        return LiteralTextReader().read(text)
    if source == "-":
        from readers.standard_input import StandardInputReader

        return StandardInputReader(password=password).read(source)
    if source in ("clipboard", "selection"):
        from readers.clipboard import ClipboardReader

        return ClipboardReader().read(source)
    if _has_scheme(source) or source[:4].lower() == "www.":
        return _open_address(source, password, time_limit_s)
    return _open_file(source, password)


def _open_address(source: str, password: str | None, time_limit_s: float) -> Passage:
    from readers.by_content import passage_of_fetched
    from readers.fetch import fetch
    from readers.web_page import full_address

    return passage_of_fetched(fetch(full_address(source), time_limit_s=time_limit_s), source, password)


def _open_file(source: str, password: str | None) -> Passage:
    from readers.by_content import is_pdf
    from readers.file_source import first_bytes

    head = first_bytes(source, _SNIFF_BYTES)
    suffix = Path(source).suffix.lower()
    if is_pdf(head) or suffix == ".pdf":
        from readers.pdf import PdfReader

        passage: Passage = PdfReader(password=password).read(source)
        return passage
    _refuse_what_comes_later(source, suffix)
    _refuse_data(source, suffix, head)
    from readers.markdown import MarkdownReader
    from readers.plain_text import PlainTextReader
    from readers.recording import RecordingReader
    from readers.web_page import WebPageReader

    for reader in (RecordingReader(), WebPageReader(), MarkdownReader(), PlainTextReader()):
        if reader.can_read(source):
            return reader.read(source)
    return _open_by_content(source)


def _open_by_content(source: str) -> Passage:
    from readers.by_content import is_markup
    from readers.file_source import read_bytes
    from readers.html_passage import passage_of_page
    from readers.plain_text import passage_of_text, text_of_bytes

    text = text_of_bytes(read_bytes(source), source)
    if is_markup(text):
        return passage_of_page(text, source)
    return passage_of_text(text, source)


def _refuse_what_comes_later(source: str, suffix: str) -> None:
    if suffix in _OTHER_FORMATS:
        raise SourceRefused(
            "a page, a PDF or a text",
            f"{source} is {_OTHER_FORMATS[suffix]}",
            "Export it as PDF or HTML and read that.",
        )


def _refuse_data(source: str, suffix: str, head: bytes) -> None:
    """Brackets and numbers that nobody wants to hear."""
    from readers.by_content import refuse_motion

    refuse_motion(head, source, source)
    if suffix in _DATA:
        came = f"{source} is data for programs (JSON)"
        raise SourceRefused("a page, a PDF or a text", came, "Save the words in it as a .txt file and read that.")


def _has_scheme(source: str) -> bool:
    try:
        return "://" in source[:40] and bool(urlsplit(source).scheme)
    except ValueError:
        return True
