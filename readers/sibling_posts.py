"""Blocks and the voted ones among them in; those in boxes of the same make (answers, posts) out."""

from __future__ import annotations

import re
from collections import defaultdict

from readers.html_tree import Element
from readers.page_block import PageBlock

_CONTENT_NAME = re.compile(
    r"(?:^|[\s_-])(?:post|answer|prose|message|reply|entry|article|story|section|slide|live)[\s_-]?(?:body|text|content|item|block|cell)?"
    r"(?:$|[\s_-])|(?:^|[\s_-])(?:body|text)(?:$|[\s_-])|articleBody",
    re.IGNORECASE,
)
_WORDS_MIN = 30  # in one box; teasers in boxes of that name are shorter
_LINKED_MAX = 0.3
_LEVELS = 8  # how far above a block its box is looked for


def in_boxes_of_the_same_make(blocks: list[PageBlock], votes: set[int]) -> set[int]:
    """Indices of further blocks whose box has tag and class of a voted one, and is named for content."""
    boxes: dict[Element, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        for _, element in zip(range(_LEVELS), (block.element, *block.element.iterancestors()), strict=False):
            if element.tag not in ("p", "li", "html", "body") and _CONTENT_NAME.search(_name(element)):
                boxes[element].append(index)
    voted_makes = {
        _make(element)
        for element, inside in boxes.items()
        if sum(blocks[i].words for i in inside if i in votes) >= _WORDS_MIN
    }
    found: set[int] = set()
    for element, inside in boxes.items():
        if _make(element) in voted_makes and votes.isdisjoint(inside):
            words = sum(blocks[i].words for i in inside)
            linked = sum(blocks[i].words * blocks[i].link_share for i in inside)
            if words >= _WORDS_MIN and linked < _LINKED_MAX * words:
                found.update(inside)
    return found


def _name(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''}"


def _make(element: Element) -> tuple[str, str]:
    return element.tag, " ".join(sorted(_name(element).split()))
