"""Sentences and a width in, the lines of a page out, and which word stands where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

_TOKEN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of what is being read."""

    index: int
    """0-based, in the whole source."""
    text: str
    block: int
    """0-based; sentences of one block flow on in one paragraph; -1 for the title."""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one sentence on one line."""

    told: Told
    start: int
    """First character, in the sentence."""
    end: int
    """One past the last."""
    column: int
    """Cells from the left."""

    @property
    def text(self) -> str:
        """Its characters."""
        return self.told.text[self.start : self.end]


Line = tuple[Piece, ...]


def laid_out(sentences: Iterable[Told], width: int) -> list[Line]:
    """Lines of at most width cells (1 or more), an empty one between two blocks."""
    lines: list[Line] = []
    block: int | None = None
    line: list[Piece] = []
    for told in sentences:
        if block is not None and told.block != block:
            lines += [tuple(line), ()]
            line = []
        block = told.block
        for start, end in _portions(told.text, width):
            column = line[-1].column + cell_len(line[-1].text) + 1 if line else 0
            if line and column + cell_len(told.text[start:end]) > width:
                lines.append(tuple(line))
                line, column = [], 0
            line = _joined(line, Piece(told, start, end, column))
    return [*lines, tuple(line)] if line else lines


def _portions(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Words with what is attached to them; one wider than the page in parts."""
    for token in _TOKEN.finditer(text):
        start = token.start()
        for part in chop_cells(token.group(), max(1, width)):
            yield start, start + len(part)
            start += len(part)


def _joined(line: list[Piece], piece: Piece) -> list[Piece]:
    """Words of one sentence with one space between them are one piece."""
    last = line[-1] if line else None
    if last is not None and last.told is piece.told and piece.start == last.end + 1:
        return [*line[:-1], Piece(last.told, last.start, piece.end, last.column)]
    return [*line, piece]


def words(text: str) -> list[tuple[int, int]]:
    """(first character, one past the last) of what a voice says as a word: something with a letter or digit."""
    return [found.span() for found in _TOKEN.finditer(text) if any(letter.isalnum() for letter in found.group())]


def word_at(text: str, char: int) -> int:
    """The number of the word that holds the character, or of the next one, or of the last; 0 where there is none."""
    spans = words(text)
    return next((number for number, (_, end) in enumerate(spans) if char < end), max(0, len(spans) - 1))


def spoken_span(text: str, marks: Sequence[Sequence[float]], word_index: int) -> tuple[int, int] | None:
    """The characters of the word being said, or about to be; marks begin where the sentence was begun."""
    if not marks:
        return None
    before = sum(1 for start, _ in words(text) if start < marks[0][0])
    number = word_index - before if word_index >= 0 else 0
    if not 0 <= number < len(marks):
        return None
    return int(marks[number][0]), int(marks[number][1])
