"""A web address or HTML file in, a Passage of its main text out."""

from __future__ import annotations

from narrator.flow import Passage
from readers.fetch import TIME_LIMIT_S, fetch
from readers.file_source import has_suffix, read_bytes
from readers.html_passage import passage_of_page
from readers.plain_text import text_of_bytes

SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml")


class WebPageReader:
    """Reads pages from the web and from disk."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s

    def can_read(self, source: str) -> bool:
        """True for an http or https address, or the path of an HTML file."""
        return is_address(source) or has_suffix(source, SUFFIXES)

    def read(self, source: str) -> Passage:
        """The page's main text."""
        if is_address(source):
            from readers.by_content import passage_of_fetched

            return passage_of_fetched(fetch(full_address(source), time_limit_s=self._time_limit_s), source)
        return passage_of_page(text_of_bytes(read_bytes(source), source), source)


def is_address(source: str) -> bool:
    """True for "http://...", "https://..." and "www. ..."."""
    start = source[:8].lower()
    return start.startswith(("http://", "https://", "www."))


def full_address(source: str) -> str:
    """With its scheme, where the user left it out."""
    return f"https://{source}" if source[:4].lower() == "www." else source
