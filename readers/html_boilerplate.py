"""An element or a line of text in; whether it belongs to the page's furniture out."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from readers.html_tree import Element

_SPLIT_NAMES = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_FURNITURE_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "dialog",
        "alertdialog",
    )
)
_SHORT_WORDS_MAX = 25  # an author line, a date, a credit; longer text in such a box is prose
_FORM_WORDS_MAX = 100  # some old sites wrap the whole page in a form
_LINE_LENGTH_MAX = 240
_HEAD_LINE_LENGTH_MAX = 120


def is_furniture_element(element: Element, words: int) -> bool:
    """True when the element's tag, role, class or id says navigation, sharing, teaser and the like.

    words: how many words of text it holds; an author line is furniture, a long author's note is not.
    """
    tag = element.tag
    if tag == "nav" or (element.get("role") or "").lower() in _FURNITURE_ROLES:
        return True
    if tag == "footer":
        return not any(ancestor.tag == "blockquote" for ancestor in element.iterancestors())
    if tag == "form" and words < _FORM_WORDS_MAX:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
    return bool(names.strip()) and _names_furniture(names, words)


def is_furniture_line(text: str) -> bool:
    """True for a whole line that is no part of the text: "Share on Facebook", "Read also: ...", "3 comments"."""
    return len(text) <= _LINE_LENGTH_MAX and _line_pattern().fullmatch(text) is not None


def is_head_line(text: str) -> bool:
    """True for an author, date or reading time as it stands between a title and its text."""
    is_sentence = text.endswith((".", "!", "?")) and not text.endswith(".m.")
    return not is_sentence and len(text) <= _HEAD_LINE_LENGTH_MAX and _head_pattern().fullmatch(text) is not None


def _names_furniture(names: str, words: int) -> bool:
    for name in names.split():
        parts = [part.lower() for part in _SPLIT_NAMES.split(name) if part]
        if not _words_of("class_words").isdisjoint(parts):
            return True
        pairs = zip(parts, parts[1:], strict=False)
        if any(f"{first} {second}" in _pairs() for first, second in pairs):
            return True
        if words <= _SHORT_WORDS_MAX and not _words_of("short_class_words").isdisjoint(parts):
            return True
        if parts and parts[0] in _words_of("leading_class_words") and set(parts[1:]) <= _words_of("box_class_words"):
            return True
    return False


def _lines_of(name: str) -> list[str]:
    text = files("readers").joinpath("furniture", f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _words_of(name: str) -> frozenset[str]:
    return frozenset(" ".join(_lines_of(name)).split())


@cache
def _pairs() -> frozenset[str]:
    return frozenset(_lines_of("class_pairs"))


@cache
def _line_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_lines_of('lines'))})[:!›»>→]?", re.IGNORECASE)


@cache
def _head_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in _lines_of("head_lines")))
