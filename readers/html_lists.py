"""A list element in; how many items it has and whether it is a list to a reader out."""

from __future__ import annotations

from dataclasses import dataclass

from readers.html_tree import Element, text_length

_ITEM_LENGTH_MAX = 900  # characters; longer items on average are posts or cards, and "3 of 40" helps nobody
_BLOCKS_IN_CARD = 4


@dataclass(slots=True)
class ListPlace:
    """Where the walk is inside one list."""

    total: int
    is_layout: bool
    count: int = 0
    """Items begun so far."""
    announced: int = 0
    """Items whose first text has been given out."""

    def is_due(self) -> bool:
        """True when the next text is the first of its item."""
        return not self.is_layout and self.count > self.announced


def list_total(element: Element) -> int:
    """Items with text in them; terms, in a definition list."""
    return sum(1 for item in _items(element) if "".join(item.itertext()).strip())


def is_layout_list(element: Element) -> bool:
    """True when the items are whole posts or cards."""
    items = list(_items(element))
    if not items:
        return True
    if text_length(element) > _ITEM_LENGTH_MAX * len(items):
        return True
    cards = sum(1 for item in items if len(item.findall(".//p")) >= _BLOCKS_IN_CARD or item.find(".//h2") is not None)
    return cards * 2 > len(items)


def _items(element: Element) -> list[Element]:
    return [child for child in element.iter("li", "dt") if _list_of(child) is element]


def _list_of(item: Element) -> Element | None:
    for ancestor in item.iterancestors("ul", "ol", "dl", "menu", "dir"):
        return ancestor
    return None
