"""An img element in; the words that stand for the picture out, or nothing where they would only repeat or decorate."""

from __future__ import annotations

import re

from readers.html_tree import Element

_WORDS_MIN = 3  # "logo", "photo 3", "Jane Doe" say nothing that helps
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)|\S*[_/]\S*|(?:img|dsc|image|photo|screenshot)[\s_-]?\d*", re.I
)
_INLINE_CLASS = re.compile(r"\b(?:emoji|wp-smiley|smiley|tex|latex|math|mwe-math\S*)\b", re.I)
_DECORATION = re.compile(
    r"\b(?:logo|avatar|icon|gravatar|spacer|pixel|banner|badge|button|advert\w*|thumbnail|profile picture)\b", re.I
)
_SYMBOLS_MAX = 2
_SIDE_MIN_PX = 100  # smaller pictures are icons and faces of authors


def inline_picture_text(image: Element) -> str:
    """The alternative text of a picture that is part of the sentence: an emoji or a formula."""
    alternative = image.get("alt") or ""
    if _INLINE_CLASS.search(image.get("class") or ""):
        return _plain_formula(alternative)
    is_symbol = 0 < len(alternative) <= _SYMBOLS_MAX and not alternative.isascii()
    return alternative if is_symbol else ""


def picture_text(image: Element) -> str:
    """The alternative text where it tells something and no caption does."""
    words = " ".join((image.get("alt") or "").split())
    if len(words.split()) < _WORDS_MIN or _FILE_NAME.fullmatch(words) or _DECORATION.search(words):
        return ""
    if _DECORATION.search(image.get("class") or "") or _is_small(image):
        return ""
    for ancestor in image.iterancestors("figure", "a", "td", "li"):
        if ancestor.tag == "figure" and ancestor.find(".//figcaption") is not None:
            return ""
        if ancestor.tag != "figure" and "".join(ancestor.itertext()).strip():
            return ""
    return words


def _is_small(image: Element) -> bool:
    sides = [image.get("width") or "", image.get("height") or ""]
    return any(side.isdecimal() and len(side) < 5 and int(side) < _SIDE_MIN_PX for side in sides)  # noqa: PLR2004


def _plain_formula(alternative: str) -> str:
    return re.sub(r"^\{\\(?:display|text)style (.*)\}$", r"\1", alternative.strip())
