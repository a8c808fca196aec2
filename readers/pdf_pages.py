"""An open PDF in; its blocks in reading order out, page by page, with only a few pages in memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from readers import pdf_faults
from readers.pdf_columns import columns_of
from readers.pdf_document import PdfDocument
from readers.pdf_furniture import MarginRow, margin_rows, without_furniture
from readers.pdf_glyphs import PageGlyphs
from readers.pdf_lines import Segment, line_of, segments_of
from readers.pdf_paragraphs import BodyStyle, Piece, pieces_of
from readers.pdf_time_limit import time_limit
from readers.pdf_words import WordList

log = logging.getLogger(__name__)

NEIGHBOURS = 2
"""Pages looked at on either side: the next of the same hand (left or right) is two away."""
PAGE_LIMIT_S = 3.0
"""A dense page takes 0.1 s; a map with 50,000 labels 2 s."""
MAX_SLOW_PAGES = 3
"""After so many pages over the limit the document is given up."""


@dataclass(slots=True)
class PageLayout:
    """What is kept of a page while it and its neighbours are read."""

    segments: list[Segment] = field(default_factory=list)
    margin: list[MarginRow] = field(default_factory=list)


class PageReader:
    """Reads pages by their layout; keeps a window of them."""

    def __init__(self, document: PdfDocument, on_page: Callable[[int], None]) -> None:
        self.document = document
        self._on_page = on_page
        self.body = BodyStyle()
        self.words = WordList()
        self.pages = self.images = self.letters = self.unknown_letters = 0
        self.damage = ""
        self._slow_pages = 0
        self._window: dict[int, PageLayout] = {}
        self._furthest = -1

    def has_page(self, index: int) -> bool:
        """Whether there is such a page; a page tree that breaks off ends the document there, with a log line."""
        try:
            with time_limit(PAGE_LIMIT_S):
                return self.document.has_page(index)
        except pdf_faults.PageTooSlow:
            raise pdf_faults.too_slow(self.document.path, index + 1, PAGE_LIMIT_S) from None
        except pdf_faults.parser_faults() as fault:
            log.warning("the list of pages breaks off after page %d (%s)", index, fault or type(fault).__name__)
            return False

    def page_index(self, object_number: int) -> int | None:
        """0-based place of the page that is this object of the file."""
        try:
            with time_limit(PAGE_LIMIT_S):
                return self.document.page_index(object_number)
        except pdf_faults.PageTooSlow:
            raise pdf_faults.too_slow(self.document.path, 0, PAGE_LIMIT_S) from None
        except pdf_faults.parser_faults():
            return None

    def glyphs(self, index: int) -> PageGlyphs:
        """What is drawn on a page; nothing, with a log line, where it is damaged or too slow."""
        try:
            with time_limit(PAGE_LIMIT_S):
                page = self.document.glyphs(index)
            if page.damage:
                self.damage = self.damage or page.damage
                log.warning("page %d breaks off: it is damaged (%s)", index + 1, page.damage)
            if page.is_slow:
                self._count_slow(index)
            return page
        except pdf_faults.PageTooSlow:
            self._count_slow(index)
        except pdf_faults.parser_faults() as fault:
            self.damage = self.damage or str(fault)[:100] or type(fault).__name__
            log.warning("page %d is left out: it is damaged (%s)", index + 1, fault or type(fault).__name__)
        return PageGlyphs(0, 0)

    def pieces(self, index: int) -> list[Piece]:
        """The pieces of a page by its layout, in reading order, without running headers and footers."""
        page = self._layout(index)
        near = [i for d in range(1, NEIGHBOURS + 1) for i in (index - d, index + d) if i >= 0]
        neighbours = [self._layout(i).margin for i in near if i in self._window or self.has_page(i)]
        for old in [i for i in self._window if i < index - NEIGHBOURS]:
            del self._window[old]
        try:
            with time_limit(PAGE_LIMIT_S):
                segments = without_furniture(page.segments, page.margin, neighbours)
                columns = columns_of(segments)
                return [piece for lines in columns if lines for piece in pieces_of(lines, self.body, index + 1)]
        except pdf_faults.PageTooSlow:
            self._count_slow(index)
            return []

    def note_page(self, index: int, page: PageGlyphs) -> None:
        """Counts what a page holds, once."""
        if index <= self._furthest:
            return
        self._furthest = index
        self._on_page(index + 1)
        self.pages += 1
        self.images += page.images
        self.letters += len(page.glyphs)
        self.unknown_letters += page.unknown
        if page.images and not page.glyphs:
            log.info("page %d is a picture without text", index + 1)

    def _layout(self, index: int) -> PageLayout:
        if index not in self._window:
            page = self.glyphs(index)
            self.note_page(index, page)
            try:
                with time_limit(PAGE_LIMIT_S):
                    self._window[index] = self._laid_out(page)
            except pdf_faults.PageTooSlow:
                self._count_slow(index)
                self._window[index] = PageLayout()
        return self._window[index]

    def _laid_out(self, page: PageGlyphs) -> PageLayout:
        segments = segments_of(page.glyphs)
        lines = [line_of([segment]) for segment in segments]
        self.body.learn(lines)
        for line in lines:
            self.words.add_line(line.text)
        return PageLayout(segments, margin_rows(segments, page.height))

    def _count_slow(self, index: int) -> None:
        log.warning("page %d breaks off: it took longer than %.0f s", index + 1, PAGE_LIMIT_S)
        self._slow_pages += 1
        self.damage = self.damage or "too slow to be read"
        if self._slow_pages >= MAX_SLOW_PAGES:
            raise pdf_faults.too_slow(self.document.path, index + 1, PAGE_LIMIT_S)


def layout_pieces(reader: PageReader, first_page: int = 0) -> Iterator[Piece]:
    """The pieces of all pages, by their layout."""
    index = first_page
    while reader.has_page(index):
        yield from reader.pieces(index)
        index += 1
