"""An img element in; the words that stand for the picture out, or nothing where they only decorate."""

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
_PICTURE_LINK = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)|/(?:wiki/)?(?:File|Image|media|attachment)[:/]|^#", re.I
)
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:fig|image|photo|picture|img|media|tr)?[_-]?caption|cutline|pie-?(?:de-)?foto|bildunterschrift|wp-caption-text|"
    r"didascalia|legende|bildtext)(?:$|[\s_-])",
    re.I,
)
_CREDIT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:credits?|copyright|photographer|byline|source|attribution|quelle)(?:$|[\s_-])", re.I
)
_CREDIT_TAIL = re.compile(
    r"\s*[(\[|]?\s?\b(?:photo(?:graph|s|graphs)?|image|picture|credit|credits|foto|cr\u00e9dits?|cr\u00e9dito|illustration)"
    r"(?: credit| by| courtesy of)?\s?(?::|\.{3}|\u2026| by )[^.]{0,80}\.?[)\]]?$",
    re.I,
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
        if ancestor.tag == "a" and not _PICTURE_LINK.search(ancestor.get("href") or ""):
            return ""  # a picture that leads to another page: a product, a teaser
        if ancestor.tag != "figure" and "".join(ancestor.itertext()).strip():
            return ""
    return words


def is_caption(element: Element) -> bool:
    """True for figcaption and for elements that say they are a picture's caption."""
    if element.tag == "figcaption":
        return True
    return (
        element.tag in ("p", "div", "td", "span", "dd")
        and _CAPTION_CLASS.search(element.get("class") or "") is not None
    )


def is_credit(element: Element) -> bool:
    """True for the part of a caption that names who took the picture."""
    return _CREDIT_CLASS.search(element.get("class") or "") is not None


def without_credit(caption: str) -> str:
    """The caption without "Photo: Jane Doe/Agency" at its end; a caption that is nothing else stays."""
    shorter = _CREDIT_TAIL.sub("", caption).rstrip(" (|[-\u2013\u2014")
    return shorter if len(shorter.split()) >= _WORDS_MIN else caption


def _is_small(image: Element) -> bool:
    sides = [image.get("width") or "", image.get("height") or ""]
    return any(side.isdecimal() and len(side) < 5 and int(side) < _SIDE_MIN_PX for side in sides)  # noqa: PLR2004


def _plain_formula(alternative: str) -> str:
    return re.sub(r"^\{\\(?:display|text)style (.*)\}$", r"\1", alternative.strip())
