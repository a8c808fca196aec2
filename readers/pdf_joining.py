"""Pieces of columns and pages in; whole pieces out: paragraphs joined across breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from narrator.flow import Block, BlockKind
from readers.cleanup import clean_code, clean_text
from readers.pdf_paragraphs import Piece, ends_sentence
from readers.pdf_words import WordList

MAX_WAITING = 40
"""Notes, captions and rows that may stand between the two halves of a paragraph."""
MAX_GROUP = 400
"""List items or rows counted together; a longer list is told without its length."""
LONG_PARAGRAPH_LETTERS = 6000
"""Two dense pages; a longer paragraph is begun to be spoken before its end is known."""
_SENTENCE = re.compile(r"[.!?\u3002\u061f][\"'\u2019\u201d)]*\s")
_LEADERS = re.compile(r"\s*(?:[.\u2024\u00b7_]\s?){5,}\s*")
"""Dots between a heading and its page number, lines to write on."""
_MAY_INTERRUPT = {BlockKind.FIGURE, BlockKind.TABLE_ROW}


def whole_pieces(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Joins what a column or page break cut; what stood in between follows after it."""
    pending: Piece | None = None
    waiting: list[Piece] = []
    for piece in pieces:
        if pending is None:
            if _can_go_on(piece):
                pending = piece
            else:
                yield piece
        elif piece.is_note or (piece.kind in _MAY_INTERRUPT and not waiting_full(waiting)):
            waiting.append(piece)
        elif _continues(pending, piece):
            pending.lines += piece.lines
            pending.is_full = piece.is_full
            if sum(map(len, pending.lines)) > LONG_PARAGRAPH_LETTERS:
                done, pending = _cut_at_sentence(pending)
                yield done
        else:
            yield pending
            yield from waiting
            waiting.clear()
            pending = piece if _can_go_on(piece) else None
            if pending is None:
                yield piece
    if pending is not None:
        yield pending
    yield from waiting


def waiting_full(waiting: list[Piece]) -> bool:
    """True once no more is held back."""
    return len(waiting) >= MAX_WAITING


def blocks_of(pieces: Iterable[Piece], words: WordList) -> Iterator[Block]:
    """Blocks with their place in their list or table."""
    group: list[Piece] = []
    for piece in whole_pieces(pieces):
        if group and (piece.kind is not group[0].kind or len(group) >= MAX_GROUP):
            yield from _group_blocks(group, words)
            group = []
        if piece.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
            group.append(piece)
        else:
            yield from _block(piece, words, 0, 0, piece.level)
    yield from _group_blocks(group, words)


def _group_blocks(group: list[Piece], words: WordList) -> Iterator[Block]:
    """The items of a list by nesting depth, or the rows of a table."""
    if group and group[0].kind is BlockKind.TABLE_ROW:
        for place, piece in enumerate(group, start=1):
            yield from _block(piece, words, place, len(group), 0)
        return
    depths = _depths(group)
    for place, piece in enumerate(group):
        lower, upper = place, place
        while lower and depths[lower - 1] >= depths[place]:
            lower -= 1
        while upper + 1 < len(group) and depths[upper + 1] >= depths[place]:
            upper += 1
        same = [i for i in range(lower, upper + 1) if depths[i] == depths[place]]
        yield from _block(piece, words, same.index(place) + 1, len(same), depths[place])


def _depths(group: list[Piece]) -> list[int]:
    """Nesting depth of each item: by its level where tags gave one, else by indent and kind of marker."""
    depths: list[int] = []
    stack: list[tuple[float, str]] = []
    for piece in group:
        if piece.marker is None:
            depths.append(piece.level)
            continue
        em = piece.size or 10.0
        while stack and piece.indent < stack[-1][0] - 0.7 * em:
            stack.pop()
        if not stack or piece.indent > stack[-1][0] + 0.7 * em and piece.marker.style != stack[-1][1]:
            stack.append((piece.indent, piece.marker.style))
        depths.append(len(stack) - 1)
    return depths


def _block(piece: Piece, words: WordList, position: int, total: int, level: int) -> Iterator[Block]:
    if piece.kind is BlockKind.CODE:
        text = clean_code("\n".join(piece.lines))
    else:
        text = words.joined(piece.lines)
        if piece.marker is not None and piece.marker.style.startswith("bullet"):
            text = text[piece.marker.length :]
        text = clean_text(_LEADERS.sub(" ", text))
    if any(character.isalnum() for character in text):
        yield Block(piece.kind, text, level, position, total, piece.page, piece.language)


def _can_go_on(piece: Piece) -> bool:
    if piece.is_note or piece.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    return not ends_sentence(piece.lines[-1])


def _continues(first: Piece, second: Piece) -> bool:
    if second.kind is not BlockKind.PARAGRAPH or abs(first.size - second.size) > 0.08 * max(first.size, second.size):
        return False
    last, head = first.lines[-1].rstrip(), second.lines[0].lstrip()
    if first.is_bold != second.is_bold:
        return False
    if head[:1].islower() or last.endswith(("-", "\u2010", "\u00ad", ",")):
        return first.is_full or head[:1].islower()
    return first.is_full and not second.is_indented and first.kind is BlockKind.PARAGRAPH


def _cut_at_sentence(piece: Piece) -> tuple[Piece, Piece]:
    """A paragraph without end (a page of verse, a hostile file) as what can be said already and the rest."""
    for place in range(len(piece.lines) - 1, -1, -1):
        ends = list(_SENTENCE.finditer(piece.lines[place]))
        if ends and (place or len(piece.lines) > 1):
            line, cut = piece.lines[place], ends[-1].end()
            done = replace(piece, lines=[*piece.lines[:place], line[:cut]])
            return done, replace(piece, lines=[line[cut:], *piece.lines[place + 1 :]])
    return replace(piece, lines=piece.lines[:-1]), replace(piece, lines=piece.lines[-1:])
