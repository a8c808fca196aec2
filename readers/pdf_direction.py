"""Glyph texts in the order the eye meets them in; the same in the order they are read out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_RIGHT_TO_LEFT = {"R", "AL"}
_NUMBERS = {"EN", "AN"}
_NUMBER_INSIDE = {"CS", "ES", "ET"}
"""Bidirectional classes, Unicode Standard Annex 9: marks that belong to a number they stand in."""

_CJK_RANGES = (
    (0x2E80, 0x303F),  # radicals, symbols and punctuation
    (0x3040, 0x30FF),  # hiragana, katakana
    (0x3100, 0x312F),  # bopomofo
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF60),  # full-width forms
    (0x20000, 0x3FFFF),
)


def is_cjk(character: str) -> bool:
    """True for the scripts that are written without spaces between words (Chinese, Japanese; not Korean)."""
    code = ord(character)
    return any(low <= code <= high for low, high in _CJK_RANGES)


def is_right_to_left(text: str) -> bool:
    """True where the text's strong letters are mostly Arabic, Hebrew or another right-to-left script."""
    balance = 0
    for character in text:
        direction = unicodedata.bidirectional(character)
        balance += (direction in _RIGHT_TO_LEFT) - (direction == "L")
    return balance > 0


def has_right_to_left(text: str) -> bool:
    """True where any letter is of a right-to-left script."""
    return any(c >= "\u0590" and unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)


def one_script(text: str) -> str:
    """What one glyph can show: a mapping to words of both directions is a fault, of which the last word is its own."""
    if has_right_to_left(text) and any(unicodedata.bidirectional(c) == "L" for c in text):
        return text.split()[-1]
    return text


def in_reading_order(texts: Sequence[str]) -> list[int]:
    """Indices of glyph texts, given from left to right, in the order they are read (the reverse of UAX 9, rule L2)."""
    is_rtl_line = is_right_to_left("".join(texts))
    levels = _levels(texts, is_rtl_line)
    order = list(range(len(texts)))
    for level in range(max(levels, default=0), 0, -1):
        order = _reversed_runs(order, levels, level)
    return order


def _levels(texts: Sequence[str], is_rtl_line: bool) -> list[int]:
    """Embedding level of each glyph: even runs to the right, odd to the left."""
    base = 1 if is_rtl_line else 0
    kinds = [_kind(text) for text in texts]
    levels = [base] * len(texts)
    for place, kind in enumerate(kinds):
        if kind == "R":
            levels[place] = 1
        elif kind == "L":
            levels[place] = 2 * base
        elif kind == "N":
            levels[place] = 2 if base or _strong_before(kinds, place) == "R" else 0
    for place, kind in enumerate(kinds):
        if kind == " ":
            before, after = _strong_before(kinds, place), _strong_after(kinds, place)
            if before == after == "R":
                levels[place] = 1
            elif base and before == after == "L":
                levels[place] = 2
        elif kind == "-" and 0 < place < len(kinds) - 1 and kinds[place - 1] == kinds[place + 1] == "N":
            levels[place] = levels[place - 1]
    return levels


def _kind(text: str) -> str:
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _RIGHT_TO_LEFT:
            return "R"
        if direction == "L":
            return "L"
        if direction in _NUMBERS:
            return "N"
        if direction in _NUMBER_INSIDE:
            return "-"
        if direction == "NSM":
            return "R" if "\u0590" <= character <= "\u08ff" else " "
    return " "


def _strong_before(kinds: list[str], place: int) -> str:
    return next((kinds[i] for i in range(place - 1, -1, -1) if kinds[i] in "RL"), "")


def _strong_after(kinds: list[str], place: int) -> str:
    return next((kinds[i] for i in range(place + 1, len(kinds)) if kinds[i] in "RL"), "")


def _reversed_runs(order: list[int], levels: list[int], level: int) -> list[int]:
    result: list[int] = []
    run: list[int] = []
    for index in order:
        if levels[index] >= level:
            run.append(index)
        else:
            result.extend(reversed(run))
            run = []
            result.append(index)
    result.extend(reversed(run))
    return result
