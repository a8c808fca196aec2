"""A Markdown file in, a Passage out, by way of HTML so that both come out alike."""

from __future__ import annotations

import re

from narrator.flow import BlockKind, Passage
from readers.file_source import has_suffix, read_bytes
from readers.html_passage import passage_of_fragment
from readers.plain_text import text_of_bytes

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_TITLE = re.compile(r"^title\s*:\s*[\"']?(.*?)[\"']?\s*$", re.M | re.I)
_FRONT_LANGUAGE = re.compile(r"^lang(?:uage)?\s*:\s*[\"']?([\w-]+)[\"']?\s*$", re.M | re.I)
_FOOTNOTE = re.compile(r"^\[\^[^\]\n]{1,60}\]:.*(?:\n[ \t]+\S.*)*$|\[\^[^\]\n]{1,60}\]", re.M)


class MarkdownReader:
    """Reads .md files."""

    def can_read(self, source: str) -> bool:
        """True for a path that ends as Markdown files do."""
        return has_suffix(source, SUFFIXES)

    def read(self, source: str) -> Passage:
        """The document's blocks; its title is the front matter's, else an opening heading of level 1, else none."""
        return passage_of_markdown(text_of_bytes(read_bytes(source), source), source)


def passage_of_markdown(text: str, source: str) -> Passage:
    """CommonMark with tables; front matter and footnotes are not read aloud."""
    from markdown_it import MarkdownIt

    text = text.replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    matter = front.group(1) if front else ""
    body = _FOOTNOTE.sub("", text[front.end() :] if front else text)
    language = _FRONT_LANGUAGE.search(matter)
    # maxNesting keeps hostile quotes and lists from going a thousand levels deep
    renderer = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    opening = f'<html lang="{language.group(1)}">' if language else "<html>"
    passage = passage_of_fragment(f"{opening}<body>{renderer.render(body)}</body></html>", source)
    title = _FRONT_TITLE.search(matter)
    if title and title.group(1):
        return Passage(source, title.group(1), passage.language, passage.blocks, passage.outline)
    return _titled(passage)


def _titled(passage: Passage) -> Passage:
    blocks = list(passage.blocks)
    first = blocks[0]
    if first.kind is BlockKind.HEADING and first.level == 1 and len(blocks) > 1:
        return Passage(passage.source, first.text, passage.language, blocks[1:], passage.outline)
    return passage
