"""All blocks of a page in; those of its main text out, in the page's own order.

trafilatura votes on which text is main; structure and order come from the page itself, so nothing is reordered,
and what trafilatura loses inside the main region (list items, tables, first and last paragraphs) is taken back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from narrator.flow import BlockKind
from readers.html_boilerplate import is_furniture_element, is_furniture_line
from readers.html_tree import Element
from readers.page_block import PageBlock
from readers.sibling_posts import in_boxes_of_the_same_make

_TOKEN = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_SHINGLE = 3  # words in a row; long enough to be rare, short enough for list items
_VOTED_SHARE_MIN = 0.5
_CONTAINER_SHARE = 0.9
"""The main region is the smallest element with this share of the voted words."""
_FURNITURE_SHARE_MAX = 0.3
"""An element with more of the main text than this is no furniture, whatever its name."""
_PROSE_WORDS_MIN = 12
_SENTENCE_WORDS_MIN = 4
_SENTENCE_ENDS = (
    ".",
    "!",
    "?",
    ":",
    ";",
    "\u2026",
    '"',
    "\u201d",
    "\u00bb",
    "\u3002",
    "\uff01",
    "\uff1f",
    "\u300d",
    "\u061f",
)
_LINKED = 0.5  # a block with more of its text in links is a teaser or navigation
_LEAD_BLOCKS_MAX = 16  # between a title and its text lie authors, dates, sharing, a picture; more is another page
_LEAD_WORDS_MIN = 7
_VOTED_PROSE_WORDS, _VOTED_PROSE_SHARE = 120, 0.8
_LOSS_MAX = 0.35  # share of the voted words beyond which class names cannot be right about all of them
_TOO_SHORT_SHARE = 0.4
"""Voted words over the words of the densest region below which trafilatura is taken to have missed the text."""
_TOO_SHORT_WORDS = 40


@dataclass(slots=True)
class Region:
    """The main region and what was counted in it."""

    container: Element | None
    votes: set[int]
    """Indices of blocks taken as main text."""
    voted_words: int
    words_in: dict[Element, int] = field(default_factory=dict)
    voted_in: dict[Element, int] = field(default_factory=dict)


def tokens_of(text: str) -> list[str]:
    """Words, lower case; single characters in scripts without spaces."""
    return _TOKEN.findall(text.casefold())


def main_blocks(blocks: list[PageBlock], voted_lines: list[str], title: str) -> list[PageBlock]:
    """The blocks a person would want read; voted_lines is what trafilatura takes for the main text."""
    votes = _votes(blocks, voted_lines)
    votes |= in_boxes_of_the_same_make(blocks, votes)
    dense = _densest_region(blocks)
    voted_words = sum(blocks[index].words for index in votes)
    dense_words = sum(blocks[index].words for index in dense)
    if voted_words < _TOO_SHORT_WORDS or voted_words < _TOO_SHORT_SHARE * dense_words:
        votes = votes | dense
    if not votes:
        return []
    region = _region(blocks, votes)
    furniture = _furniture(blocks, region)
    kept = [index for index in range(len(blocks)) if index in votes and index not in furniture]
    if not kept:
        return []
    kept = _take_back(blocks, region, furniture, kept)
    kept = _lead(blocks, furniture, kept[0], title) + kept
    return [blocks[index] for index in kept]


def _votes(blocks: list[PageBlock], voted_lines: list[str]) -> set[int]:
    shingles: set[tuple[str, ...]] = set()
    lines: set[tuple[str, ...]] = set()
    stream: list[str] = []
    for line in voted_lines:
        tokens = tokens_of(line)
        lines.add(tuple(tokens))
        stream += tokens
    shingles.update(zip(*(stream[offset:] for offset in range(_SHINGLE)), strict=False))
    votes = set()
    for index, block in enumerate(blocks):
        tokens = tokens_of(block.text)
        if tuple(tokens) in lines:
            votes.add(index)
        elif len(tokens) > _SHINGLE + 1:
            found = [gram in shingles for gram in zip(*(tokens[offset:] for offset in range(_SHINGLE)), strict=False)]
            if sum(found) >= _VOTED_SHARE_MIN * len(found):
                votes.add(index)
    return votes


def _densest_region(blocks: list[PageBlock]) -> set[int]:
    """Readability's idea: paragraphs give their parent their words and their grandparent half of them."""
    scores: dict[Element, float] = defaultdict(float)
    words_in, _ = _word_counts(blocks, set())
    total = sum(block.words for block in blocks) or 1
    small = {element for element, words in words_in.items() if words < _FURNITURE_SHARE_MAX * total}
    verdicts: dict[Element, bool] = {}
    clear = [not _in_furniture(block.element, small, words_in, verdicts) for block in blocks]
    for block, is_clear in zip(blocks, clear, strict=True):
        if block.words < _PROSE_WORDS_MIN or block.link_share > _LINKED or not is_clear:
            continue
        parent = block.element.getparent() if block.element.tag in ("p", "li", "blockquote", "pre") else block.element
        for element, weight in zip(
            (parent, parent.getparent() if parent is not None else None), (1.0, 0.5), strict=True
        ):
            if element is not None:
                scores[element] += block.words * weight
    if not scores:
        return set()
    best = max(scores, key=lambda element: scores[element])
    inside = set()
    for index, block in enumerate(blocks):
        is_inside = block.element is best or any(ancestor is best for ancestor in block.element.iterancestors())
        if is_inside and clear[index] and block.link_share <= _LINKED:
            inside.add(index)
    return inside


def _word_counts(blocks: list[PageBlock], votes: set[int]) -> tuple[dict[Element, int], dict[Element, int]]:
    words_in: dict[Element, int] = defaultdict(int)
    voted_in: dict[Element, int] = defaultdict(int)
    for index, block in enumerate(blocks):
        chain = [block.element, *block.element.iterancestors()]
        for element in chain:
            words_in[element] += block.words
            if index in votes:
                voted_in[element] += block.words
    return words_in, voted_in


def _region(blocks: list[PageBlock], votes: set[int]) -> Region:
    words_in, voted_in = _word_counts(blocks, votes)
    voted_words = sum(blocks[index].words for index in votes)
    container = None
    depth_of_container = -1
    for element, words in voted_in.items():
        if words >= _CONTAINER_SHARE * voted_words:
            depth = sum(1 for _ in element.iterancestors())
            if depth > depth_of_container:
                container, depth_of_container = element, depth
    return Region(container, votes, voted_words, words_in, voted_in)


def _furniture(blocks: list[PageBlock], region: Region) -> set[int]:
    """Indices of blocks in furniture elements, or that are furniture lines."""
    limit = _FURNITURE_SHARE_MAX * region.voted_words
    small = {element for element in region.words_in if region.voted_in.get(element, 0) < limit}
    small -= {element for element in small if _is_voted_prose(element, region)}
    lines = {index for index, block in enumerate(blocks) if is_furniture_line(block.text)}
    inside = _inside_furniture(blocks, small, region.words_in)
    lost = sum(blocks[index].words for index in inside & region.votes)
    if lost > _LOSS_MAX * region.voted_words:
        # names mislead on this page: only elements that trafilatura passed over as well are furniture
        inside = _inside_furniture(
            blocks, {element for element in small if not region.voted_in.get(element)}, region.words_in
        )
    return lines | inside


def _is_voted_prose(element: Element, region: Region) -> bool:
    """True for a long part that trafilatura, which reads class names as well, took nearly whole."""
    voted = region.voted_in.get(element, 0)
    return voted >= _VOTED_PROSE_WORDS and voted >= _VOTED_PROSE_SHARE * region.words_in[element]


def _inside_furniture(blocks: list[PageBlock], small: set[Element], words_in: dict[Element, int]) -> set[int]:
    verdicts: dict[Element, bool] = {}
    return {index for index, block in enumerate(blocks) if _in_furniture(block.element, small, words_in, verdicts)}


def _in_furniture(
    element: Element, small: set[Element], words_in: dict[Element, int], verdicts: dict[Element, bool]
) -> bool:
    path = []
    found = False
    for ancestor in (element, *element.iterancestors()):
        if ancestor in verdicts:
            found = verdicts[ancestor]
            break
        path.append(ancestor)
    for ancestor in reversed(path):
        found = found or (ancestor in small and is_furniture_element(ancestor, words_in.get(ancestor, 0)))
        verdicts[ancestor] = found
    return found


def _take_back(blocks: list[PageBlock], region: Region, furniture: set[int], kept: list[int]) -> list[int]:
    """Adds what was lost between, before and after the voted blocks, inside the main region."""
    kept_set = set(kept)
    first, last = kept[0], kept[-1]
    parents = {blocks[index].element.getparent() for index in kept if blocks[index].words >= _PROSE_WORDS_MIN}
    own = {blocks[index].element for index in kept}
    container = region.container

    def is_inside(block: PageBlock) -> bool:
        return block.element is container or any(ancestor is container for ancestor in block.element.iterancestors())

    def is_near(block: PageBlock) -> bool:
        return block.element.getparent() in parents or block.element in own

    for index in range(first + 1, last):
        block = blocks[index]
        if index not in kept_set and index not in furniture and is_inside(block) and _is_content(block, is_near(block)):
            kept_set.add(index)
    for indices in (range(first - 1, -1, -1), range(last + 1, len(blocks))):
        for index in indices:
            block = blocks[index]
            if index in furniture:
                continue
            if not is_inside(block) or not _is_content(block, is_near(block)):
                break
            if is_near(block):
                kept_set.add(index)
    return sorted(kept_set)


def _lead(blocks: list[PageBlock], furniture: set[int], first: int, title: str) -> list[int]:
    """What stands between the title and the first kept block: the standfirst, the opening picture's caption."""
    wanted = tokens_of(title)
    start = -1
    for index in range(first - 1, max(-1, first - _LEAD_BLOCKS_MAX), -1):
        if blocks[index].kind is BlockKind.HEADING and wanted and tokens_of(blocks[index].text) == wanted:
            start = index
            break
    if start < 0:
        return []
    between = [index for index in range(start + 1, first) if index not in furniture]
    taken = {index for index in between if _is_lead(blocks[index])}
    lists = {blocks[index].element.getparent() for index in taken if blocks[index].kind is BlockKind.LIST_ITEM}
    for index in reversed(between):
        block = blocks[index]
        is_in_list = block.kind is BlockKind.LIST_ITEM and block.element.getparent() in lists
        heads_something = block.kind is BlockKind.HEADING and index + 1 in taken
        if (is_in_list or heads_something) and block.link_share <= _LINKED:
            taken.add(index)
    return sorted(taken)


def _is_lead(block: PageBlock) -> bool:
    if block.link_share > _LINKED or block.kind is BlockKind.HEADING and block.words < _LEAD_WORDS_MIN:
        return False
    return block.kind is BlockKind.FIGURE or block.words >= _LEAD_WORDS_MIN


def _is_content(block: PageBlock, is_near: bool) -> bool:
    if block.kind in (BlockKind.HEADING, BlockKind.CODE, BlockKind.FIGURE):
        return True
    if block.link_share > _LINKED:
        return False
    if block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW) or block.element.tag in ("dd", "dt"):
        return True
    is_sentence = block.words >= _SENTENCE_WORDS_MIN and block.text.endswith(_SENTENCE_ENDS)
    return is_near or is_sentence or block.words >= _PROSE_WORDS_MIN
