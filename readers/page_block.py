"""A stretch of a page's text in; with its kind, its place in the tree and its share of links out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from narrator.flow import BlockKind
from readers.html_tree import Element


@dataclass(slots=True)
class PageBlock:
    """A block of the page and where it hangs in the tree, before it is decided whether it is main text."""

    kind: BlockKind
    text: str
    element: Element
    """The block-level element that holds it."""
    link_share: float = 0.0
    """0..1, how much of the text is inside links to other pages."""
    jump_share: float = 0.0
    """0..1, how much of it is inside links to places on the same page."""
    level: int = 0
    position: int = 0
    total: int = 0
    language: str = ""
    words: int = field(init=False)

    def __post_init__(self) -> None:
        self.words = count_words(self.text)


_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def count_words(text: str) -> int:
    """Words; in scripts without spaces two characters are taken as one word."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2
