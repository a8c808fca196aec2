"""A caption's lines and words in, pieces of text with their places out, in the order eyes read them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from narrator.flow import Caption
from narrator.outputs.caption_font import CaptionFonts

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, or what stands between two words."""

    text: str
    word: int
    """Index into the caption's words, -1 for what stands between them."""
    font: FreeTypeFont | ImageFont
    width_px: float


def lay_out(caption: Caption, fonts: CaptionFonts) -> list[list[Piece]]:
    """One list of pieces for each line, from the left of the screen to its right."""
    lines = []
    line_start = 0
    for line in caption.lines:
        pieces = [_measured(text, word, fonts) for text, word in _split(line, line_start, caption)]
        lines.append(_as_seen(pieces, _is_right_to_left(line)))
        line_start += len(line) + 1  # the line break counts as one character
    return lines


def page_with(caption: Caption, word: int, fonts: CaptionFonts, room_px: float, max_lines: int) -> tuple[Caption, int]:
    """The part of the caption that has the word and fits into max_lines of room_px, and its first word's index.

    The whole caption where it fits; a word wider than the room has a line of its own.
    """
    lines = lay_out(caption, fonts)
    if len(lines) <= max_lines and max(width_of(line) for line in lines) <= room_px:
        return caption, 0
    text = "\n".join(caption.lines)
    rows = _wrapped(text, fonts, room_px)
    pages = [rows[first : first + max_lines] for first in range(0, len(rows), max_lines)]
    char = caption.words[word].start_char if 0 <= word < len(caption.words) else 0
    page = next(page for page in pages if char < page[-1][1] or page is pages[-1])
    return _page_of(caption, text, page)


def _wrapped(text: str, fonts: CaptionFonts, room_px: float) -> list[tuple[int, int]]:
    """(first, one past last) character of each line, filled word after word."""
    rows: list[tuple[int, int]] = []
    for found in re.finditer(r"\S+", text):
        start, end = found.span()
        if rows:
            longer = " ".join(text[rows[-1][0] : end].split())
            if fonts.font_for(longer).getlength(longer) <= room_px:
                rows[-1] = (rows[-1][0], end)
                continue
        rows.append((start, end))
    return rows


def _page_of(caption: Caption, text: str, rows: list[tuple[int, int]]) -> tuple[Caption, int]:
    """A caption of those rows; a line break inside a row has become a space."""
    lines = tuple(text[start:end].replace("\n", " ") for start, end in rows)
    place: dict[int, int] = {}
    for start, end in rows:
        shift = len(place) - start
        place |= {char: char + shift for char in range(start, end + 1)}  # the break after the row counts as one
    words = [(index, word) for index, word in enumerate(caption.words) if word.start_char in place]
    first = words[0][0] if words else 0
    moved = tuple(
        replace(word, start_char=place[word.start_char], end_char=place[word.end_char - 1] + 1) for _, word in words
    )
    return replace(caption, lines=lines, words=moved), first


def width_of(pieces: list[Piece]) -> float:
    """Pixels from the first piece's left to the last one's right."""
    return sum(piece.width_px for piece in pieces)


def _split(line: str, line_start: int, caption: Caption) -> list[tuple[str, int]]:
    """The line cut at the ends of words and of spaces, with each piece's word."""
    owner = [-1] * len(line)
    for index, word in enumerate(caption.words):
        for char in range(max(0, word.start_char - line_start), min(len(line), word.end_char - line_start)):
            owner[char] = index
    keys = [(owner[char], line[char].isspace()) for char in range(len(line))]
    pieces = []
    for (word, _), chars in groupby(range(len(line)), key=lambda char: keys[char]):
        indices = list(chars)
        pieces.append((line[indices[0] : indices[-1] + 1], word))
    return pieces


def _measured(text: str, word: int, fonts: CaptionFonts) -> Piece:
    font = fonts.font_for(text)
    return Piece(text, word, font, font.getlength(text))


def _as_seen(pieces: list[Piece], right_to_left: bool) -> list[Piece]:
    """Reading order to screen order: a right-to-left line runs backwards, but foreign runs in it forwards."""
    known = [_direction(piece.text) for piece in pieces]
    directions = [_resolved(known, place, right_to_left) for place in range(len(pieces))]
    seen: list[Piece] = []
    for run_is_right_to_left, run in groupby(range(len(pieces)), key=lambda place: directions[place]):
        ordered = [pieces[place] for place in run]
        if run_is_right_to_left:
            ordered.reverse()
        seen = ordered + seen if right_to_left else seen + ordered
    return seen


def _direction(text: str) -> bool | None:
    """True for right-to-left, None for a piece without a letter or digit."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL", "AN"):
            return True
        if kind in ("L", "EN"):
            return False
    return None


def _resolved(known: list[bool | None], place: int, line: bool) -> bool:
    """A piece's own direction, else that of both its neighbours where they agree, else the line's (rules N1, N2)."""
    own = known[place]
    if own is not None:
        return own
    before = next((one for one in reversed(known[:place]) if one is not None), line)
    after = next((one for one in known[place + 1 :] if one is not None), line)
    return before if before == after else line


def _is_right_to_left(line: str) -> bool:
    """As its first letter with a direction says (Unicode bidirectional algorithm, rule P2)."""
    letters = (unicodedata.bidirectional(letter) for letter in line)
    first = next((kind for kind in letters if kind in ("L", "R", "AL")), "L")
    return first != "L"
