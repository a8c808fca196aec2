"""A table element in; whether it is a table to a reader, and its rows as spoken lines, out."""

from __future__ import annotations

from readers.cleanup import clean_text
from readers.html_tree import Element

_CELL_LENGTH_MAX = 400  # characters; longer cells are prose in a layout table
CELL_BREAK = "; "
"""Between cells: a short pause in speech, and no confusion with the commas inside a cell."""

_LAYOUT_INSIDE = ("table", "pre", "h1", "h2", "h3", "h4", "form", "article", "section")
_BLOCK_TAGS = frozenset(("p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "tr", "td", "th"))


def is_data_table(table: Element) -> bool:
    """True when rows and columns mean something; False for tables that only place things on the page."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if next(table.iterdescendants(*_LAYOUT_INSIDE), None) is not None:
        return False
    rows = _rows(table)
    cells_in_rows = [len(_cells(row)) for row in rows]
    if max(cells_in_rows, default=0) < 2 or len(rows) < 2:  # noqa: PLR2004  one row or one column is no table
        return False
    longest = max(len(_cell_text(cell)[0]) for row in rows for cell in _cells(row))
    paragraphs = sum(1 for _ in table.iter("p"))
    has_header = table.find(".//th") is not None or table.find(".//thead") is not None
    if has_header:
        return longest <= 2 * _CELL_LENGTH_MAX
    return longest <= _CELL_LENGTH_MAX and paragraphs <= 2 * sum(cells_in_rows)


def row_texts(table: Element) -> list[tuple[str, float]]:
    """(text, share of it that is links) of every row with text; cells are parted by CELL_BREAK."""
    texts = []
    for row in _rows(table):
        cells = [_cell_text(cell) for cell in _cells(row)]
        text = CELL_BREAK.join(cell for cell, _ in cells if cell)
        if any(character.isalnum() for character in text):
            linked = sum(length for _, length in cells)
            texts.append((text, min(1.0, linked / len(text))))
    return texts


def caption_text(table: Element) -> str:
    """The table's caption; empty without one."""
    caption = table.find("./caption")
    return "" if caption is None else _cell_text(caption)[0]


def _rows(table: Element) -> list[Element]:
    return list(table.iter("tr"))


def _cells(row: Element) -> list[Element]:
    return [child for child in row if child.tag in ("td", "th")]


def _cell_text(cell: Element) -> tuple[str, int]:
    linked = sum(len("".join(link.itertext()).strip()) for link in cell.iter("a"))
    return clean_text("".join(_in_order(cell))), linked


def _in_order(element: Element) -> list[str]:
    """Text of the element in document order, with spaces where a block begins or ends."""
    from lxml import etree

    pieces: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        is_tag = isinstance(part.tag, str)
        if is_tag and part.tag in _BLOCK_TAGS:
            pieces.append(" ")
        if event == "start" and is_tag:
            pieces.append(part.text or "")
        elif event == "end" and part is not element:
            pieces.append(part.tail or "")
    return pieces
