"""The beginning of a line in; the bullet or number that makes it a list item out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLETS = (
    "\u2022\u25e6\u25aa\u25ab\u2023\u2043\u2219\u25cf\u25cb\u25a0\u25a1\u25ba\u25b6\u27a2\u2713\u2714\u2756\u25c6\u25c7"
    "\uf0b7\uf0a7\uf0d8\u00b7"  # the first three: Symbol and Wingdings in the private use area
)
_BULLET = re.compile(rf"^(?:[{_BULLETS}]\s*|[\u2013\u2014*o-]\s+)(?=\S)")
_NUMBER = re.compile(r"^(\()?(?:(\d{1,3})|([a-z])|([ivx]{1,5}))([.)])\s+(?=\S)")
_REFERENCE = re.compile(r"^\[(\d{1,3})\]\s+(?=\S)")
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before a list item."""

    style: str
    """"bullet" and its sign, or the brackets and kind of number."""
    number: int
    """0 for bullets."""
    length: int
    """Characters it takes, with the white space after it."""


def marker_of(text: str, previous: Marker | None) -> Marker | None:
    """The marker at the beginning of a line; a number counts only as the first, or as the next after the previous."""
    bullet = _BULLET.match(text)
    if bullet:
        return Marker("bullet" + text[0], 0, bullet.end())
    reference = _REFERENCE.match(text)
    if reference:
        number = int(reference.group(1))
        return _in_sequence(Marker("[]", number, reference.end()), previous)
    match = _NUMBER.match(text)
    if not match:
        return None
    opening, digits, letter, roman, closing = match.groups()
    brackets = f"{opening or ''}{closing}"
    if digits:
        return _in_sequence(Marker("1" + brackets, int(digits), match.end()), previous)
    candidates = []
    if letter:
        candidates.append(Marker("a" + brackets, ord(letter) - ord("a") + 1, match.end()))
    if roman or letter in ("i", "v", "x"):
        candidates.append(Marker("i" + brackets, _roman_value(roman or letter), match.end()))
    return next((m for m in map(lambda c: _in_sequence(c, previous), candidates) if m), None)


def _in_sequence(marker: Marker, previous: Marker | None) -> Marker | None:
    if marker.number == 1:
        return marker
    if previous is not None and (previous.style != marker.style or previous.number + 1 == marker.number):
        return marker
    return None


def _roman_value(text: str) -> int:
    values = [_ROMAN[c] for c in text]
    return sum(-v if any(v < later for later in values[i + 1 :]) else v for i, v in enumerate(values))
