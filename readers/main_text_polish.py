"""Main-text blocks in; the same without what repeats, teases, navigates or heads nothing out."""

from __future__ import annotations

import re
from collections import Counter

from narrator.flow import BlockKind
from readers.html_boilerplate import is_head_line
from readers.html_tree import Element
from readers.main_text import tokens_of
from readers.page_block import PageBlock

_REPEAT_WORDS_MIN = 6  # shorter lines repeat honestly (choruses, table cells)
_LINKED = 0.5
_PARTLY_LINKED = 0.35  # "Previous message: <link>", before the first and after the last prose
_FULLY_LINKED = 0.9
_PROSE_WORDS_MIN = 12
_QUOTE_TAGS = ("aside", "blockquote", "figure", "q")
_TITLE_WORDS_MIN = 3  # a heading of fewer words is part of many titles
_HEAD_PROSE = 2  # standfirst and first paragraph: authors and dates are looked for up to there
_CONTENTS_ITEMS_MIN = 3  # fewer links to places on the page are no table of contents
_ECHO_SHARE = 0.7  # of a picture's words
_CARD_RATIO = 3  # the text has to outweigh what stands under linked headings this many times
_TEASER_WORDS_MAX = 60
_CONSENT_BLOCKS_MAX = 5
_CONSENT_WORDS_MAX = 160
_COOKIES = re.compile(r"\bcookies?\b|クッキー|файл\w* cookie|ملفات تعريف الارتباط", re.IGNORECASE)
_CONSENT = re.compile(
    r"accept|agree|consent|partners|preferences|experience|your device|essential|by using|continu\w+ to use|"
    r"zustimm|einwillig|akzept|erlebnis|consentement|votre appareil|consentimiento|acepta|aceita|consens|accett|"
    r"toestemming|samtyck|godkänn|zgod|соглас|同意|موافق",
    re.IGNORECASE,
)


def polish(blocks: list[PageBlock], title: str) -> list[PageBlock]:
    """Every step takes and gives blocks in page order."""
    for step in (without_consent, without_contents_list, without_repeats, without_linked_head):
        blocks = step(blocks)
    blocks = without_title(without_echoing_pictures(blocks, title), title)
    for step in (without_cards, without_head_lines, without_lone_links, without_link_tail, without_trailing_headings):
        blocks = step(blocks)
    return blocks


def without_consent(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops cookie notices; on a page about cookies, where many blocks speak of them, nothing."""
    speaking = [block for block in blocks if _COOKIES.search(block.text)]
    notices = {
        id(block)
        for block in speaking
        if block.words <= _CONSENT_WORDS_MAX and block.kind is not BlockKind.HEADING and _CONSENT.search(block.text)
    }
    about_cookies = len(speaking) > _CONSENT_BLOCKS_MAX or len(speaking) > len(notices) + 2
    if about_cookies or len(notices) == len(blocks):
        return blocks
    return [block for block in blocks if id(block) not in notices]


def without_contents_list(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops lists, and short lines, that only lead to places on the same page."""
    jumps = Counter(block.element.getparent() for block in blocks if _is_jump(block))
    kept = []
    for block in blocks:
        is_contents = _is_jump(block) and jumps[block.element.getparent()] >= min(_CONTENTS_ITEMS_MIN, block.total)
        is_line = block.kind is BlockKind.PARAGRAPH and block.jump_share >= _FULLY_LINKED
        if not is_contents and not (is_line and block.words < _PROSE_WORDS_MIN):
            kept.append(block)
    return kept


def without_echoing_pictures(blocks: list[PageBlock], title: str) -> list[PageBlock]:
    """Drops a picture's words where the title or a block beside it says them already."""
    kept = []
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.FIGURE:
            words = set(tokens_of(block.text))
            beside = [other.text for other in blocks[max(0, index - 2) : index] + blocks[index + 1 : index + 3]]
            said = max(len(words & set(tokens_of(text))) for text in (title, *beside))
            if said >= _ECHO_SHARE * len(words):
                continue
        kept.append(block)
    return kept


def without_repeats(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops a block said word for word before, and pull quotes taken from a paragraph."""
    seen: set[tuple[str, ...]] = set()
    whole = "\n".join(" ".join(tokens_of(block.text)) for block in blocks)
    kept = []
    for block in blocks:
        tokens = tokens_of(block.text)
        key = tuple(tokens)
        if len(tokens) >= _REPEAT_WORDS_MIN and block.kind not in (BlockKind.CODE, BlockKind.TABLE_ROW):
            if key in seen:
                continue
            if _is_set_apart(block) and _is_part_of_another(" ".join(tokens), whole):
                continue
            seen.add(key)
        kept.append(block)
    return kept


def without_linked_head(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops links before the first prose: sections of the site, previous and next."""
    first = next((index for index, block in enumerate(blocks) if _is_prose(block)), 0)
    head = [block for block in blocks[:first] if block.link_share < _PARTLY_LINKED or block.kind is BlockKind.HEADING]
    return head + blocks[first:]


def without_cards(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops linked headings with their teasers; kept where such sections are the text (a list of products)."""
    linked = [block for block in blocks if block.kind is BlockKind.HEADING and block.link_share >= _FULLY_LINKED]
    cards = {_card_of(block) for block in linked}
    teasers = [block for block in blocks if block.kind is not BlockKind.HEADING and _card_of(block) in cards]
    teaser_words = sum(block.words for block in teasers)
    own_words = sum(block.words for block in blocks if block.link_share < _LINKED) - teaser_words
    if not linked or own_words < _CARD_RATIO * teaser_words:
        return blocks
    going = {id(block) for block in linked} | {id(block) for block in teasers if block.words <= _TEASER_WORDS_MAX}
    return [block for block in blocks if id(block) not in going]


def _card_of(block: PageBlock) -> Element:
    parent = block.element.getparent()
    return parent.getparent() if parent is not None and parent.tag in ("a", "header", "hgroup") else parent


def without_title(blocks: list[PageBlock], title: str) -> list[PageBlock]:
    """Drops the heading that repeats the title, or a part of it at the very top: the title is announced on its own."""
    wanted = tokens_of(title)
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            if _is_prose(block):
                break
            continue
        tokens = tokens_of(block.text)
        is_part = len(tokens) >= _TITLE_WORDS_MIN and " ".join(tokens) in " ".join(wanted)
        is_whole = len(wanted) >= _TITLE_WORDS_MIN and " ".join(wanted) in " ".join(tokens)
        if tokens == wanted or is_part or (is_whole and block.level == 1):
            return blocks[:index] + blocks[index + 1 :]
    return blocks


def without_head_lines(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops authors, dates and reading times between the title and the text, also after a standfirst."""
    prose = [index for index, block in enumerate(blocks) if _is_prose(block)]
    if not prose:
        return blocks
    end = prose[min(_HEAD_PROSE, len(prose) - 1)]
    plain = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    return [block for block in blocks[:end] if block.kind not in plain or not is_head_line(block.text)] + blocks[end:]


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
        if block.link_share < _LINKED and (is_structured or _is_prose(block)):
            last_prose = index
    if last_prose < 0:
        return blocks
    tail = [block for block in blocks[last_prose + 1 :] if block.link_share < _PARTLY_LINKED]
    return blocks[: last_prose + 1] + tail


def without_trailing_headings(blocks: list[PageBlock]) -> list[PageBlock]:
    """Drops headings at the end that head nothing."""
    end = len(blocks)
    while end > 1 and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1
    return blocks[:end]


def _is_prose(block: PageBlock) -> bool:
    return block.words >= _PROSE_WORDS_MIN and block.link_share < _LINKED and block.kind is not BlockKind.HEADING


def _is_jump(block: PageBlock) -> bool:
    return block.kind is BlockKind.LIST_ITEM and block.jump_share >= _FULLY_LINKED


def _is_set_apart(block: PageBlock) -> bool:
    chain = [block.element, *block.element.iterancestors()]
    if any(element.tag in _QUOTE_TAGS for element in chain):
        return True
    return any("pull" in (element.get("class") or "").lower() for element in chain[:4])


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
