"""Pages of a tagged PDF in; their marked content by number, and how much of each page was taken, out."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from readers.pdf_glyphs import Glyph
from readers.pdf_lines import lines_in_order
from readers.pdf_pages import PageReader
from readers.pdf_structure import Content

CACHED_PAGES = 5
"""Pages whose glyphs are kept: tags may go back and forth between neighbours."""
ENOUGH_COVERED = 0.7
"""Share of a page's letters that its tags must reach; below it the page is read by its layout."""


@dataclass(slots=True)
class TaggedPage:
    """The marked content of one page."""

    index: int
    content: dict[tuple[int, int], list[Glyph]] = field(default_factory=dict)


@dataclass(slots=True)
class Coverage:
    """How much of a page the tags have reached."""

    letters: int = 0
    reached: int = 0

    @property
    def is_enough(self) -> bool:
        """True where the tags can be trusted with the page."""
        return self.reached >= ENOUGH_COVERED * self.letters


class MarkedPages:
    """Hands out each piece of marked content once; keeps a few pages."""

    def __init__(self, reader: PageReader) -> None:
        self._reader = reader
        self._pages: OrderedDict[int, TaggedPage] = OrderedDict()
        self._coverage: dict[int, Coverage] = {}

    def take(self, content: Content) -> tuple[list[Glyph], int]:
        """The glyphs of a piece of content and their 1-based page; nothing, and 0, where there is none."""
        index = self._reader.page_index(content.page_id)
        if index is None:
            return [], 0
        glyphs = self._page(index).content.pop((content.form, content.mcid), [])
        letters = sum(not glyph.text.isspace() for glyph in glyphs)
        self._coverage.setdefault(index, Coverage()).reached += letters
        return glyphs, index + 1

    def number(self, page_id: int) -> int:
        """1-based number of the page that is this object; 0 where it is none."""
        index = self._reader.page_index(page_id)
        return 0 if index is None else index + 1

    def measure(self, index: int) -> Coverage:
        """What the tags have reached of a page so far; forgets it."""
        self._page(index)
        return self._coverage.pop(index, Coverage())

    def _page(self, index: int) -> TaggedPage:
        page = self._pages.get(index)
        if page is None:
            page = self._pages[index] = TaggedPage(index)
            drawn = self._reader.glyphs(index)
            self._reader.note_page(index, drawn)
            coverage = self._coverage.setdefault(index, Coverage())
            coverage.letters = 0
            for glyph in drawn.glyphs:
                if glyph.mark.is_artifact:
                    continue
                coverage.letters += not glyph.text.isspace()
                if glyph.mark.key is not None:
                    page.content.setdefault(glyph.mark.key, []).append(glyph)
            for glyphs in page.content.values():
                for line in lines_in_order(glyphs):
                    self._reader.words.add_line(line.text)
            if len(self._pages) > CACHED_PAGES:
                self._pages.popitem(last=False)
        return page


class Words:
    """The glyphs and texts of one block, in tag order."""

    def __init__(self) -> None:
        self.glyphs: list[Glyph] = []
        self.page = 0
        self._done: list[str] = []

    def add(self, glyphs: list[Glyph], page: int) -> None:
        """Adds glyphs of a page (1-based)."""
        if self.page and page != self.page and self.glyphs:
            self._finish()
        self.page = self.page or page
        self.glyphs = [*self.glyphs, *glyphs] if self.glyphs else list(glyphs)

    def add_text(self, text: str, page: int) -> None:
        """Adds words that are not drawn as letters."""
        self._finish()
        self.page = self.page or page
        self._done.append(text)

    def lines(self) -> list[str]:
        """Everything so far as lines of text."""
        self._finish()
        return self._done

    def _finish(self) -> None:
        self._done.extend(line.text for line in lines_in_order(self.glyphs) if line.text)
        self.glyphs = []
