"""Main-text blocks in; the same without what repeats, teases or heads nothing out."""

from __future__ import annotations

from narrator.flow import BlockKind
from readers.html_blocks import PageBlock
from readers.main_text import tokens_of

_REPEAT_WORDS_MIN = 6  # shorter lines repeat honestly (choruses, table cells)
_LINKED = 0.5
_FULLY_LINKED = 0.9
_PROSE_WORDS_MIN = 12
_QUOTE_TAGS = ("aside", "blockquote", "figure", "q")


def polish(blocks: list[PageBlock], title: str) -> list[PageBlock]:
    """Every step takes and gives blocks in page order."""
    blocks = without_title(blocks, title)
    blocks = without_repeats(blocks)
    blocks = without_lone_links(blocks)
    blocks = without_link_tail(blocks)
    return without_trailing_headings(blocks)


def without_title(blocks: list[PageBlock], title: str) -> list[PageBlock]:
    """Drops the heading that repeats the title: the title is announced on its own."""
    wanted = tokens_of(title)
    if not wanted:
        return blocks
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and tokens_of(block.text) == wanted:
            return blocks[:index] + blocks[index + 1 :]
    return blocks


def without_repeats(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops a block said word for word before, and pull quotes taken from a paragraph."""
    seen: set[tuple[str, ...]] = set()
    whole = "\n".join(" ".join(tokens_of(block.text)) for block in blocks)
    kept = []
    for block in blocks:
        tokens = tokens_of(block.text)
        key = tuple(tokens)
        if len(tokens) >= _REPEAT_WORDS_MIN and block.kind is not BlockKind.CODE:
            if key in seen:
                continue
            if _is_set_apart(block) and _is_part_of_another(" ".join(tokens), whole):
                continue
            seen.add(key)
        kept.append(block)
    return kept


def without_lone_links(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops a paragraph that is one link among paragraphs that are not: a teaser for another page."""
    linked = [block.kind is BlockKind.PARAGRAPH and block.link_share >= _FULLY_LINKED for block in blocks]
    kept = []
    for index, block in enumerate(blocks):
        neighbours = linked[max(0, index - 1) : index] + linked[index + 1 : index + 2]
        if linked[index] and neighbours and not any(neighbours):
            continue
        kept.append(block)
    return kept


def without_link_tail(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops lists of links after the last prose: related pages, tags, categories."""
    last_prose = -1
    for index, block in enumerate(blocks):
        is_structured = block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        is_prose = block.words >= _PROSE_WORDS_MIN and block.kind is not BlockKind.HEADING
        if block.link_share < _LINKED and (is_structured or is_prose):
            last_prose = index
    if last_prose < 0:
        return blocks
    tail = [block for block in blocks[last_prose + 1 :] if block.link_share < _LINKED]
    return blocks[: last_prose + 1] + tail


def without_trailing_headings(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops headings at the end that head nothing."""
    end = len(blocks)
    while end > 1 and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1
    return blocks[:end]


def _is_set_apart(block: PageBlock) -> bool:
    element = block.element
    if element.tag in _QUOTE_TAGS or any(ancestor.tag in _QUOTE_TAGS for ancestor in element.iterancestors()):
        return True
    names = " ".join(
        (ancestor.get("class") or "")
        for ancestor in [element, *list(element.iterancestors())[:3]]
        if ancestor is not None
    )
    return "pull" in names.lower()


def _is_part_of_another(words: str, whole: str) -> bool:
    at = whole.find(words)
    while at >= 0:
        starts_line = at == 0 or whole[at - 1] == "\n"
        end = at + len(words)
        ends_line = end == len(whole) or whole[end] == "\n"
        if not (starts_line and ends_line):
            return True
        at = whole.find(words, end)
    return False
