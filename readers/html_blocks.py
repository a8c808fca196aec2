"""An lxml tree in; its paragraphs, headings, items, rows, quotes and code out, in document order."""

from __future__ import annotations

from typing import Any

from narrator.flow import BlockKind
from readers.cleanup import clean_code, clean_text
from readers.html_lists import ListPlace, is_layout_list, list_total
from readers.html_tables import caption_text, is_data_table, row_texts
from readers.html_tree import Element
from readers.page_block import PageBlock
from readers.picture_text import inline_picture_text, is_caption, is_credit, picture_text, without_credit
from readers.preformatted import is_prose, paragraphs_of

_PHRASE_TAGS = (
    "a",
    "abbr",
    "acronym",
    "bdi",
    "bdo",
    "cite",
    "data",
    "del",
    "dfn",
    "ins",
    "label",
    "mark",
    "q",
    "span",
    "time",
)
_STYLE_TAGS = (
    "b",
    "big",
    "blink",
    "em",
    "font",
    "i",
    "nobr",
    "s",
    "small",
    "strike",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "wbr",
)
_CODE_TAGS = ("code", "kbd", "samp", "var", "br", "img", "rb", "ruby")
_FORMULA_TAGS = ("math", "mi", "mo", "mn", "mrow", "msup", "msub", "mfrac", "mtext", "semantics", "annotation")
INLINE_TAGS = frozenset(_PHRASE_TAGS + _STYLE_TAGS + _CODE_TAGS + _FORMULA_TAGS)
_TEXT_TAGS = (
    frozenset(("p", "li", "td", "th", "dt", "dd", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6")) | INLINE_TAGS
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "menu", "dir")
_QUOTE_MARKS = ("\u201c", "\u201d")


def page_blocks(root: Element) -> list[PageBlock]:
    """Every block of text in the tree."""
    from lxml import etree

    walker = _Walker()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            if event == "end":
                walker.add(element.tail)
            continue
        if event == "start":
            if not walker.start(element):
                events.skip_subtree()
        else:
            walker.end(element)
    walker.flush(root)
    return walker.blocks


def _is_link(element: Element) -> bool:
    """True for links, also those that only a script follows; False for the anchors they lead to."""
    return "href" in element.attrib or not ("name" in element.attrib or "id" in element.attrib)


def _runs_together(before: str, element: Element) -> bool:
    """True for labels set side by side by style sheets alone: "<span>Jane Doe</span><span>12 min</span>"."""
    previous = element.getprevious()
    first = (element.text or "")[:1]
    is_side_by_side = previous is not None and previous.tag == element.tag and not previous.tail
    return (
        is_side_by_side and (first.isupper() or first.isdecimal()) and (before[-1:].islower() or before[-1:] in ".!?")
    )


class _Walker:
    """Collects text between block boundaries; one flush is one block."""

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self._pieces: list[str] = []
        self._link_length = self._jump_length = self._text_length = 0
        self._links: list[bool] = []
        self._heading = 0
        self._quotes = 0
        self._captions = 0
        self._lists: list[ListPlace] = []
        self._skipped: set[Any] = set()
        self._languages: list[str] = []
        self._pictures: list[str] = []

    def start(self, element: Element) -> bool:
        """Handles an opening tag; False when what is inside was read here already."""
        tag = element.tag
        if element.get("lang"):
            self._languages.append(element.get("lang"))
        if tag == "head":
            return self._skip(element)
        if not self._is_inline(element):
            return self._start_block(element)
        if tag == "br":
            self._break_line(element)
            return True
        if tag == "img":
            self._picture(element)
            return True
        return self._start_inline(element)

    def _start_inline(self, element: Element) -> bool:
        tag = element.tag
        if self._captions and is_credit(element):
            return self._skip(element)
        if tag == "math" and element.get("alttext"):
            self.add(element.get("alttext"))
            return self._skip(element)
        if tag == "a" and _is_link(element):
            self._links.append((element.get("href") or "").startswith("#"))
        elif tag == "q":
            self.add(_QUOTE_MARKS[0])
        elif tag in _PHRASE_TAGS and self._pieces and _runs_together(self._pieces[-1], element):
            self._pieces.append(" ")
        self.add(element.text)
        return True

    def _start_block(self, element: Element) -> bool:
        self.flush(element.getparent() if element.getparent() is not None else element)
        if element.tag == "pre":
            return self._preformatted(element)
        if element.tag == "table" and is_data_table(element):
            return self._data_table(element)
        self._open(element)
        self.add(element.text)
        return True

    def end(self, element: Element) -> None:
        """Handles a closing tag and the text after it."""
        tag = element.tag
        if element in self._skipped:
            self._skipped.discard(element)
        elif tag in ("br", "img"):
            pass
        elif self._is_inline(element):
            if tag == "a" and _is_link(element) and self._links:
                self._links.pop()
            if tag == "q":
                self.add(_QUOTE_MARKS[1])
        else:
            self.flush(element)
            self._close(element)
        if element.get("lang"):
            self._languages.pop()
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        """Takes a run of text into the block under way."""
        if text:
            self._pieces.append(text)
            length = len(text) if not text.isspace() else 0
            self._text_length += length
            if self._links and self._links[-1]:
                self._jump_length += length
            elif self._links:
                self._link_length += length

    def flush(self, element: Element) -> None:
        """Ends the block under way, if there is any text in it."""
        text = clean_text("".join(self._pieces)) if self._pieces else ""
        length = self._text_length or 1
        shares = (min(1.0, self._link_length / length), min(1.0, self._jump_length / length))
        self._pieces.clear()
        self._link_length = self._jump_length = self._text_length = 0
        if text and any(character.isalnum() for character in text):
            self._append(text, element, shares)
        pictures, self._pictures = self._pictures, []
        for words in pictures:
            self.blocks.append(PageBlock(BlockKind.FIGURE, words, element, language=self._language()))

    def _append(self, text: str, element: Element, shares: tuple[float, float]) -> None:
        block = PageBlock(BlockKind.PARAGRAPH, text, element, *shares, language=self._language())
        if self._heading:
            block.kind, block.level = BlockKind.HEADING, self._heading
        elif self._captions:
            block.kind, block.text = BlockKind.FIGURE, without_credit(text)
        elif self._lists and self._lists[-1].is_due():
            place = self._lists[-1]
            place.announced = place.count
            block.kind, block.level = BlockKind.LIST_ITEM, self._depth()
            block.position, block.total = place.count, place.total
        elif self._quotes:
            block.kind = BlockKind.QUOTE
        self.blocks.append(block)

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif element.get("role") == "heading":
            level = element.get("aria-level") or ""
            self._heading = min(6, max(1, int(level))) if level.isdecimal() and len(level) == 1 else 2
        elif tag in _LISTS or tag == "dl":
            self._lists.append(ListPlace(total=list_total(element), is_layout=is_layout_list(element)))
        elif tag in ("li", "dt") and self._lists:
            self._lists[-1].count += 1
        elif tag == "blockquote":
            self._quotes += 1
        elif is_caption(element):
            self._captions += 1

    def _close(self, element: Element) -> None:
        tag = element.tag
        if tag in _HEADINGS or element.get("role") == "heading":
            self._heading = 0
        elif tag in _LISTS or tag == "dl":
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes -= 1
        elif is_caption(element):
            self._captions -= 1

    def _is_inline(self, element: Element) -> bool:
        tag = element.tag
        if tag in INLINE_TAGS:
            return bool(element.get("role") != "heading")
        if "-" in tag or ":" in tag or tag == "button":
            parent = element.getparent()
            return parent is not None and parent.tag in _TEXT_TAGS
        return False

    def _break_line(self, element: Element) -> None:
        follower = element.getnext()
        if (element.tail or "").strip() == "" and follower is not None and follower.tag == "br":
            self.flush(element.getparent())
        else:
            self._pieces.append("\n")

    def _picture(self, element: Element) -> None:
        inline = inline_picture_text(element)
        if inline:
            self.add(inline)
            return
        words = clean_text(picture_text(element))
        if words:
            self._pictures.append(words)

    def _preformatted(self, element: Element) -> bool:
        for line_end in element.iter("br"):
            line_end.tail = "\n" + (line_end.tail or "")
        text = element.text_content()
        if is_prose(element, text):
            self.blocks += [PageBlock(BlockKind.PARAGRAPH, part, element) for part in paragraphs_of(text)]
        else:
            code = clean_code(text)
            if code.strip():
                self.blocks.append(PageBlock(BlockKind.CODE, code, element, language=self._language()))
        return self._skip(element)

    def _data_table(self, element: Element) -> bool:
        caption = caption_text(element)
        if caption:
            self.blocks.append(PageBlock(BlockKind.PARAGRAPH, caption, element, language=self._language()))
        rows = row_texts(element)
        for position, (text, link_share) in enumerate(rows, start=1):
            block = PageBlock(BlockKind.TABLE_ROW, text, element, link_share, language=self._language())
            block.position, block.total = position, len(rows)
            self.blocks.append(block)
        return self._skip(element)

    def _skip(self, element: Element) -> bool:
        self._skipped.add(element)
        return False

    def _depth(self) -> int:
        return max(0, sum(1 for place in self._lists if not place.is_layout) - 1)

    def _language(self) -> str:
        return self._languages[-1] if self._languages else ""
