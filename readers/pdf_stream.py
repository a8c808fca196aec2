"""An open PDF in; its blocks in reading order out, by its tags or by its layout."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from narrator.flow import Block
from readers import pdf_faults
from readers.pdf_document import PdfDocument
from readers.pdf_joining import blocks_of
from readers.pdf_pages import PageReader, layout_pieces
from readers.pdf_paragraphs import Piece
from readers.pdf_structure import StructureTree
from readers.pdf_tags import tagged_pieces

log = logging.getLogger(__name__)


def read_blocks(
    document: PdfDocument, on_page: Callable[[int], None] | None = None, first_page: int = 0
) -> Iterator[Block]:
    """The document's blocks; raises a SourceError where there is nothing to say or no way on.

    on_page is told each 1-based page as it is begun: a sign of life on pages without text.
    """
    reader = PageReader(document, on_page or (lambda number: None))
    spoken = False
    for block in blocks_of(_pieces(reader, first_page), reader.words):
        spoken = True
        yield block
    if not spoken and not first_page:
        if not reader.pages:
            raise pdf_faults.damaged(document.path, "it has no pages")
        if reader.damage:
            raise pdf_faults.damaged(document.path, reader.damage)
        raise pdf_faults.no_text(document.path, reader.pages, reader.images, reader.unknown_letters)


def _pieces(reader: PageReader, first_page: int) -> Iterator[Piece]:
    """By tags, until the tree breaks; then by layout from the page it broke on."""
    page = first_page
    tree = _tree(reader.document)
    if tree and not first_page:
        try:
            for piece in tagged_pieces(reader, tree):
                page = max(page, piece.page)
                yield piece
            return
        except pdf_faults.parser_faults() as fault:
            log.warning("its tags are damaged (%s); it is read by its layout from page %d", fault, page + 1)
    yield from layout_pieces(reader, page)


def _tree(document: PdfDocument) -> StructureTree | None:
    try:
        return StructureTree(document.miner.catalog)
    except pdf_faults.parser_faults() as fault:
        log.info("its structure tree cannot be read: %s", fault)
        return None
