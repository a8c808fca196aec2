"""Markup in, a Passage of its main text out: the one road for pages, clipboards and Markdown.

The chain, each step only where the one before gave too little: trafilatura's vote over the page's own blocks; the
densest region of paragraphs; everything in the page that is not furniture; BeautifulSoup's text of the whole file.
"""

from __future__ import annotations

from itertools import islice

from narrator.errors import SourceUnreadable
from narrator.flow import Block, BlockKind, Passage
from readers.cleanup import clean_text
from readers.html_blocks import page_blocks
from readers.html_boilerplate import is_furniture_element, is_furniture_line
from readers.html_tree import Element, drop_what_is_not_shown, parse_html
from readers.main_text import main_blocks
from readers.main_text_polish import polish
from readers.page_block import PageBlock
from readers.page_metadata import language_tag, page_language, page_title

VOTE_ELEMENTS_MAX = 15_000
"""Elements up to which trafilatura is asked; its time grows faster than the page and is 2 to 6 s here."""
VOTE_MARKUP_MAX = 4_000_000
"""The same in characters."""

_RAW_MARKUP_MAX = 1_000_000  # characters for the last resort: html.parser takes 8 s for so many of the worst kind


def passage_of_page(markup: str, source: str) -> Passage:
    """The main text of a whole page. Raises SourceUnreadable when there is no text in it."""
    root = parse_html(markup)
    title, language = page_title(root), page_language(root)
    drop_what_is_not_shown(root)
    every = page_blocks(root)
    chosen = polish(main_blocks(every, _lines_trafilatura_takes(root), title), title)
    if not chosen:
        chosen = [
            block for block in every if not is_furniture_line(block.text) and not _is_in_navigation(block.element)
        ]
    blocks = _flow_blocks(chosen or every, language) or _raw_blocks(markup)
    return _passage(source, title, language, blocks)


def passage_of_fragment(markup: str, source: str) -> Passage:
    """All text of markup that is main text as a whole: a copied selection, a rendered Markdown file."""
    root = parse_html(markup)
    language = page_language(root)
    drop_what_is_not_shown(root)
    return _passage(source, "", language, _flow_blocks(page_blocks(root), language) or _raw_blocks(markup))


def _passage(source: str, title: str, language: str, blocks: list[Block]) -> Passage:
    if not blocks:
        raise SourceUnreadable(
            "text to read",
            f"{source} holds none (it may be filled in by a script)",
            "Open it in a browser, select the text, copy it, and read the clipboard.",
        )
    return Passage(source=source, title=title, language=language, blocks=blocks)


def _lines_trafilatura_takes(root: Element) -> list[str]:
    """What trafilatura takes for the main text, line by line; nothing where it gives up."""
    from lxml import etree, html

    markup = html.tostring(root, encoding="unicode")
    if len(markup) > VOTE_MARKUP_MAX or next(islice(root.iter(), VOTE_ELEMENTS_MAX, None), None) is not None:
        return []
    import trafilatura

    try:
        document = trafilatura.bare_extraction(
            markup, include_comments=False, include_tables=True, include_formatting=False, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError):
        return []  # its heuristics met a page they were not made for; the page's own structure decides
    if not isinstance(document, trafilatura.settings.Document) or document.body is None:
        return []
    lines = []
    for element in document.body.iter():
        own = [
            element.text or "",
            *(child_text for child in element for child_text in (*_inline_text(child), child.tail or "")),
        ]
        lines.append(clean_text("".join(own)))
        lines.append(clean_text(element.tail or ""))
    return [line for line in lines if line]


def _inline_text(element: Element) -> list[str]:
    return [text for text in element.itertext()] if element.tag in ("hi", "ref", "code", "del", "graphic") else [" "]


def _flow_blocks(chosen: list[PageBlock], page_language_tag: str) -> list[Block]:
    blocks = []
    for block in chosen:
        tag = language_tag(block.language)
        blocks.append(
            Block(
                kind=block.kind,
                text=block.text,
                level=block.level,
                position=block.position,
                total=block.total,
                language="" if tag == page_language_tag else tag,
            )
        )
    return blocks


def _is_in_navigation(element: Element) -> bool:
    return any(
        part.tag == "nav" or is_furniture_element(part, 0) and part.tag != "body"
        for part in (element, *element.iterancestors())
    )


def _raw_blocks(markup: str) -> list[Block]:
    """The last resort: BeautifulSoup's own parser, every line of text."""
    from bs4 import BeautifulSoup

    try:
        soup = BeautifulSoup(markup[:_RAW_MARKUP_MAX], "html.parser")
        for element in soup(["script", "style", "template"]):
            element.decompose()
        text = soup.get_text("\n")
    except (RecursionError, AssertionError, ValueError):  # html.parser on hostile markup
        return []
    lines = (clean_text(line) for line in text.splitlines())
    return [Block(BlockKind.PARAGRAPH, line) for line in lines if any(character.isalnum() for character in line)]
