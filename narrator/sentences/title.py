"""A Passage in, all its blocks and the title announced before them, where they do not say it, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from narrator.errors import NarratorError
from narrator.flow import Block, BlockKind, Passage

OPENING_BLOCKS = 4
"""How far ahead is looked: a title stands among the first lines, under a journal's name or a date."""
LONGEST_TITLE = 300
"""Characters; what is longer is no title but a page gone wrong."""
_TELLING_WORDS = 3
"""So many words of a title in a row are the title again; fewer may open any paragraph."""

_WORD = re.compile(r"\w+")


def with_title(passage: Passage) -> tuple[str, Iterator[Block]]:
    """The title as it is read before the first block, and every block; lip-readers need the topic first."""
    title = " ".join(passage.title.split())
    if not _WORD.search(title) or len(title) > LONGEST_TITLE:
        return "", iter(passage.blocks)
    opening, blocks = look_ahead(passage.blocks, lambda block: says_title(block, title))
    is_read = not any(says_title(block, title) or _is_file_name(title, block) for block in opening)
    return title if is_read else "", blocks


def look_ahead(blocks: Iterable[Block], is_enough: Callable[[Block], bool]) -> tuple[list[Block], Iterator[Block]]:
    """The first blocks, up to one that is enough, and all blocks again.

    What the reader raises on the way is raised in its place, after the blocks before it.
    """
    rest = iter(blocks)
    seen: list[Block] = []
    fault: NarratorError | None = None
    try:
        while len(seen) < OPENING_BLOCKS and (block := next(rest, None)) is not None:
            seen.append(block)
            if is_enough(block):
                break
    except NarratorError as met:
        fault = met

    def every() -> Iterator[Block]:
        yield from seen
        if fault is not None:
            raise fault
        yield from rest

    return seen, every()


def says_title(block: Block, title: str) -> bool:
    """True for the title itself, a heading with most of it, and a paragraph that runs on from it."""
    said, wanted = _words(block.text[: 2 * LONGEST_TITLE]), _words(title)
    if said == wanted:
        return True
    shorter, longer = sorted((said, wanted), key=len)
    if len(shorter.split()) < _TELLING_WORDS:
        return False
    return shorter in longer if block.kind is BlockKind.HEADING else said.startswith(wanted)


def _words(text: str) -> str:
    """Case folded, each word between two spaces, so that one string holds another by whole words only."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _is_file_name(title: str, block: Block) -> bool:
    """A single word as the title of a paged document was mostly put there by a program, from the file's name."""
    return block.page > 0 and title.isascii() and " " not in title
