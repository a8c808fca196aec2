"""Text with hard line ends in; paragraphs out: for plain text files and for pre elements."""

from __future__ import annotations

import re

from readers.cleanup import clean_text
from readers.html_tree import Element

_PROSE_LETTERS_MIN = 0.72  # share of letters and spaces: letters and mails have more, programs and tables less
_PROSE_WORDS_MIN = 40
_WRAP_WIDTH_MIN, _WRAP_WIDTH_MAX = 40, 130  # columns at which people and mail programs wrap
_FULL_LINE = 0.72  # a line shorter than this share of the widest ends its paragraph when it ends a sentence
_SENTENCE_END = (".", "!", "?", ":", "\u2026", "\u3002", "\uff01", "\uff1f", '."', ".\u201d", '?"', '!"', ".)")
_LIST_LINE = re.compile(r"\s{0,12}(?:[-*+\u2022\u2013\u25aa\u25cf]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")
_UNDERLINE = re.compile(r"\s*([=~_*#-])\1{2,}\s*")
_QUOTE_MARK = re.compile(r"^(?:\s?>)+ ?")
_CODE_CLASS = re.compile(
    r"\b(?:code|highlight|language-|lang-|hljs|prettyprint|source|terminal|console|crayon|brush)", re.I
)


def is_prose(element: Element, text: str) -> bool:
    """True for a pre element that holds running text, such as an archived mail."""
    parent = element.getparent()
    names = f"{element.get('class') or ''} {'' if parent is None else parent.get('class') or ''}"
    if _CODE_CLASS.search(names) or element.find(".//code") is not None or element.find(".//span") is not None:
        return False
    words = text.split()
    if len(words) < _PROSE_WORDS_MIN:
        return False
    plain = sum(1 for character in text if character.isalpha() or character in " \n,.'\u2019")
    sentences = sum(1 for word in words if word[-1] in ".?!" and word[0].isalpha())
    return (
        plain >= _PROSE_LETTERS_MIN * len(text)
        and sentences * 60 >= len(words)
        and ("{" not in text or ";" not in text)
    )


def paragraphs_of(text: str) -> list[str]:
    """Clean paragraphs: hard-wrapped lines joined, hyphens at line ends kept unless soft, list lines apart."""
    lines = [_QUOTE_MARK.sub("", line.expandtabs(4)).rstrip() for line in text.replace("\f", "\n\n").splitlines()]
    width = wrap_width(lines)
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        current = paragraphs[-1]
        if not line.strip() or _UNDERLINE.fullmatch(line):
            paragraphs.append([])
        elif current and _begins_paragraph(current[-1], line, width):
            paragraphs.append([line])
        else:
            current.append(line)
    joined = (clean_text(_join(part)) for part in paragraphs if part)
    return [part for part in joined if part]


def wrap_width(lines: list[str]) -> int:
    """The column at which the text was wrapped by hand or mail program; 0 when each line is its own paragraph."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 2:  # noqa: PLR2004  a single line is not wrapped
        return 0
    widest = lengths[int(len(lengths) * 0.95)]
    return widest if _WRAP_WIDTH_MIN <= widest <= _WRAP_WIDTH_MAX else 0


def _begins_paragraph(previous: str, line: str, width: int) -> bool:
    if width == 0 or _LIST_LINE.match(line):
        return True
    indent, previous_indent = _indent(line), _indent(previous)
    if indent > previous_indent and not _LIST_LINE.match(previous) and indent < width // 2:
        return True
    first_word = len(line.split(maxsplit=1)[0])
    had_room = len(previous) + 1 + first_word < width * _FULL_LINE
    return had_room and previous.rstrip().endswith(_SENTENCE_END)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _join(lines: list[str]) -> str:
    return "\n".join(lines)
