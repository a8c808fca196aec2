"""A tagged PDF in; its pieces in the order of the structure tree, with alternative texts, out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from narrator.flow import BlockKind
from readers.pdf_marked_content import MarkedPages, Words
from readers.pdf_pages import PageReader
from readers.pdf_paragraphs import Piece
from readers.pdf_structure import Content, Element, StructureTree

log = logging.getLogger(__name__)

MAX_DEPTH = 80
"""Elements inside each other; real trees stay below 25."""
_BLOCKS = {
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "LI",
    "TR",
    "Caption",
    "Note",
    "BlockQuote",
    "TOCI",
    "BibEntry",
}
_PICTURES = {"Figure", "Formula", "Form"}
_GROUPS = {
    "Document",
    "Part",
    "Sect",
    "Div",
    "Art",
    "NonStruct",
    "Private",
    "L",
    "Table",
    "THead",
    "TBody",
    "TFoot",
} | {
    "TOC",
    "Index",
    "LBody",
    "",
}
_HEADING = re.compile(r"^H([1-9]\d?)$")


@dataclass(slots=True)
class Place:
    """Where in the tree the walk is."""

    depth: int = 0
    list_depth: int = -1
    sections: int = 0
    is_quote: bool = False


class TagReader:
    """Walks the structure tree and gathers the words of each block."""

    def __init__(self, reader: PageReader, tree: StructureTree) -> None:
        self._reader = reader
        self._tree = tree
        self.pages = MarkedPages(reader)

    def pieces(self) -> Iterator[Piece]:
        """All pieces, in tag order."""
        yield from self._inside(self._tree.top(), Place())

    def _inside(self, element: Element, place: Place) -> Iterator[Piece]:
        """The pieces of an element that holds blocks; words directly in it make paragraphs of their own."""
        if place.depth > MAX_DEPTH:
            log.warning("tags nested deeper than %d are left out", MAX_DEPTH)
            return
        loose = Words()
        for kid in self._tree.kids(element):
            if isinstance(kid, Element) and (kid.role in _GROUPS or kid.role in _BLOCKS or kid.role in _PICTURES):
                yield from self._paragraph(loose, BlockKind.PARAGRAPH, element)
                loose = Words()
                yield from self._block(kid, _deeper(place, kid.role))
            else:
                yield from self._gather(kid, loose, _deeper(place, ""))
        yield from self._paragraph(loose, BlockKind.QUOTE if place.is_quote else BlockKind.PARAGRAPH, element)

    def _block(self, element: Element, place: Place) -> Iterator[Piece]:
        replaced = element.words("ActualText")
        if replaced is not None or element.role in _PICTURES:
            yield from self._picture(element, place)
        elif element.role == "TR":
            yield from self._row(element, place)
        elif element.role == "LI":
            yield from self._item(element, place)
        elif element.role == "BlockQuote" or element.role in _GROUPS:
            yield from self._inside(element, place)
        else:
            words, after = Words(), list[Piece]()
            for kid in self._tree.kids(element):
                after.extend(self._gather(kid, words, _deeper(place, "")))
            heading = _HEADING.match(element.role)
            kind = BlockKind.QUOTE if place.is_quote else BlockKind.PARAGRAPH
            if heading or element.role == "H":
                kind = BlockKind.HEADING
            elif element.role == "Caption":
                kind = BlockKind.FIGURE
            for piece in self._paragraph(words, kind, element):
                if kind is BlockKind.HEADING:
                    piece.level = min(int(heading.group(1)) if heading else place.sections + 1, 6)
                piece.is_note = element.role == "Note"
                yield piece
            yield from after

    def _gather(self, kid: Element | Content, words: Words, place: Place) -> Iterator[Piece]:
        """Adds what stands in a line to words; yields blocks that are nested in it."""
        if isinstance(kid, Content):
            glyphs, page = self.pages.take(kid)
            if glyphs:
                words.add(glyphs, page)
            return
        replaced = kid.words("ActualText")
        if kid.role == "Artifact" or place.depth > MAX_DEPTH:
            return
        if replaced is not None:
            self._add_replaced(kid, replaced, words)
        elif kid.role in _PICTURES:
            yield from self._picture(kid, place)
        elif kid.role in ("L", "Table", "Note", "BlockQuote", "TR", "LI"):
            yield from self._block(kid, _deeper(place, kid.role))
        else:
            for inner in self._tree.kids(kid):
                yield from self._gather(inner, words, _deeper(place, ""))

    def _picture(self, element: Element, place: Place) -> Iterator[Piece]:
        """The alternative text, then the caption; the letters drawn inside count as reached."""
        spoken = element.words("ActualText")
        spoken = element.words("Alt") if spoken is None else spoken
        inner, captions = Words(), list[Piece]()
        for kid in self._tree.kids(element):
            if isinstance(kid, Element) and kid.role == "Caption":
                captions.extend(self._block(kid, _deeper(place, "")))
            else:
                captions.extend(self._gather(kid, inner, _deeper(place, "")))
        page = inner.page or self.pages.number(element.page_id)
        lines = [spoken] if spoken is not None else inner.lines()
        kind = BlockKind.FIGURE if element.role in _PICTURES else BlockKind.PARAGRAPH
        if any(line.strip() for line in lines):
            yield Piece(kind, lines, page, language=element.language)
        yield from captions

    def _row(self, element: Element, place: Place) -> Iterator[Piece]:
        cells: list[str] = []
        page = 0
        for kid in self._tree.kids(element):
            words = Words()
            nested = list(self._gather(kid, words, _deeper(place, "")))
            lines = [line for piece in nested for line in piece.lines]
            text = self._reader.words.joined([*words.lines(), *lines])
            page = page or words.page
            if text.strip():
                cells.append(text)
        if cells:
            page = page or self.pages.number(element.page_id)
            yield Piece(BlockKind.TABLE_ROW, [", ".join(cells)], page, cells=[cells], language=element.language)

    def _item(self, element: Element, place: Place) -> Iterator[Piece]:
        """A list item: its number if it has one, its first words, then whatever blocks it holds."""
        label, words = Words(), Words()
        after: list[Piece] = []
        for kid in self._tree.kids(element):
            into = label if isinstance(kid, Element) and kid.role == "Lbl" else words
            after.extend(self._gather(kid, into, _deeper(place, "")))
        sign = " ".join(label.lines()).strip()
        lines = words.lines()
        if any(c.isalnum() for c in sign):
            lines = [f"{sign} {lines[0]}" if lines else sign, *lines[1:]]
        if lines:
            page = words.page or label.page
            yield Piece(BlockKind.LIST_ITEM, lines, page, max(place.list_depth, 0), language=element.language)
        yield from after

    def _paragraph(self, words: Words, kind: BlockKind, element: Element) -> Iterator[Piece]:
        lines = words.lines()
        if any(line.strip() for line in lines):
            yield Piece(kind, lines, words.page, language=element.language)

    def _add_replaced(self, element: Element, replaced: str, words: Words) -> None:
        """ActualText in the place of what it replaces."""
        inner = Words()
        for kid in self._tree.kids(element):
            list(self._gather(kid, inner, Place()))
        glyphs = inner.glyphs
        if not replaced:
            return
        if glyphs:
            whole = glyphs[0]._replace(text=replaced, x1=max(g.x1 for g in glyphs))
            words.add([whole], inner.page)
        else:
            words.add_text(replaced, self.pages.number(element.page_id))


def _deeper(place: Place, role: str) -> Place:
    return Place(
        place.depth + 1,
        place.list_depth + (role == "L"),
        place.sections + (role == "Sect"),
        place.is_quote or role == "BlockQuote",
    )


def tagged_pieces(reader: PageReader, tree: StructureTree) -> Iterator[Piece]:
    """The document's pieces in tag order; a page that its tags hardly cover is read by its layout instead."""
    tags = TagReader(reader, tree)
    laid_out: set[int] = set()
    current, held = 0, list[Piece]()
    for piece in tags.pieces():
        index = max(piece.page - 1, 0) if piece.page else current
        if index in laid_out and piece.kind is not BlockKind.FIGURE:
            continue
        while index > current:
            yield from _page_pieces(reader, tags, current, held, laid_out)
            current, held = current + 1, []
        held.append(piece)
    while reader.has_page(current):
        yield from _page_pieces(reader, tags, current, held, laid_out)
        current, held = current + 1, []


def _page_pieces(
    reader: PageReader, tags: TagReader, index: int, held: list[Piece], laid_out: set[int]
) -> Iterator[Piece]:
    if tags.pages.measure(index).is_enough:
        yield from held
        return
    laid_out.add(index)
    log.info("page %d is read by its layout: its tags cover little of it", index + 1)
    yield from (piece for piece in held if piece.kind is BlockKind.FIGURE)
    yield from reader.pieces(index)
