"""A spoken sentence in, its captions out: two lines of 42 characters at most, each word timed."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from narrator.flow import Caption, RgbImage, Utterance, Viewport, Waiting, Word
from narrator.stages import Performance

LINE_LENGTH = 42
"""Columns; the length that fits 68 % of a 16:9 picture (lipreading.md, caption layout). East Asian ones count 2."""
SHORTEST_S = 1.0
"""A caption shown for less than this cannot be read (lipreading.md, caption layout)."""

SENTENCE_ENDS = ".!?…。！？｡؟।"
CLAUSE_ENDS = ",;:、，；：،؛—–)]}»”"
WIDE = ("W", "F")
"""East Asian width classes that take two columns (Unicode annex 11)."""
UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
)
"""Thai and Lao, Burmese, Khmer, kana, Han: a line may break inside what has no spaces."""

# What a break costs, in the square of columns by which two lines or captions differ in fill (judgement):
PAGE_COST = 200.0
MID_CLAUSE_COST = 300.0
CLAUSE_COST = 60.0
HASTY_COST = 5000.0
ABBREVIATED_COST = 1500.0
"""After "z." of "z. B.", an initial or "Dr.": what follows belongs to it."""
ABBREVIATED_LETTERS = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the sentence's text that stays on one line."""

    start: int
    end: int
    columns: int
    gap: int
    """Columns of the space before it: 1, or 0 where the text has none."""
    break_cost: float
    """What a break after it costs."""


def captions(utterance: Utterance) -> tuple[Caption, ...]:
    """The captions of one utterance: they show all its text, and one follows the other without a gap."""
    pieces = list(_pieces(utterance.sentence.text))
    if not pieces:
        return ()
    clock = _TextClock(utterance)
    pages = _best_pages(pieces, clock)
    starts_s = [0.0, *(clock.time_s(page[0].start) for page in pages[1:])]
    ends_s = [*starts_s[1:], clock.end_s]
    return tuple(
        _caption(utterance, page, start, end, clock) for page, start, end in zip(pages, starts_s, ends_s, strict=True)
    )


def with_captions(performance: Performance) -> Performance:
    """The same performance with captions; itself when its face already wrote some."""
    return performance if performance.captions else CaptionedPerformance(performance)


class CaptionedPerformance:
    """A face's performance and the captions that belong to its words."""

    def __init__(self, performance: Performance) -> None:
        self.drawn = performance
        """The face's own performance."""
        self.utterance = performance.utterance
        self.captions = captions(performance.utterance)
        self.start_s = performance.start_s
        self.end_s = performance.end_s

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """The face's own frame."""
        return self.drawn.draw(time_s, viewport, waiting)


class _TextClock:
    """A character of the sentence in, the moment it is said out."""

    def __init__(self, utterance: Utterance) -> None:
        self._words = utterance.words
        self._sound_s = utterance.duration_s
        self._length = max(1, len(utterance.sentence.text))
        self.end_s = utterance.duration_s + utterance.sentence.pause_s

    def time_s(self, char: int) -> float:
        """Inside a word in proportion; between words the start of the next; without words in proportion to the text."""
        if not self._words:
            return self._sound_s * char / self._length
        for word in self._words:
            if char < word.end_char:
                share = max(0, char - word.start_char) / max(1, word.end_char - word.start_char)
                return word.start_s + share * word.duration_s
        return self._words[-1].end_s


def _pieces(text: str) -> Iterator[_Piece]:
    """Words, parts of words too long for a line, and single signs of scripts written without spaces."""
    start, gap = 0, 0
    for end in range(1, len(text) + 1):
        if text[end - 1].isspace():
            start, gap = end, 1
        elif end == len(text) or text[end].isspace() or _may_break(text, start, end):
            yield _Piece(start, end, _columns(text[start:end]), gap, _break_cost(text, end))
            start, gap = end, 0


def _may_break(text: str, start: int, end: int) -> bool:
    """True where a line may end inside an unspaced run: never before a mark, a closing sign or after an opening one."""
    if unicodedata.category(text[end]) in ("Mn", "Mc", "Me", "Cf"):
        return _columns(text[start : end + 1]) > LINE_LENGTH
    if _columns(text[start : end + 1]) > LINE_LENGTH:
        return True
    if text[end] in SENTENCE_ENDS + CLAUSE_ENDS or unicodedata.category(text[end - 1]) in ("Ps", "Pi"):
        return False
    return any(low <= sign <= high for sign in (text[end - 1], text[end]) for low, high in UNSPACED[3:])


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in text)


def _break_cost(text: str, end: int) -> float:
    last = text[:end].rstrip("\"'’)]»")[-1:] or text[end - 1]
    word = text[text.rfind(" ", 0, end) + 1 : end].lstrip("(")
    if word[-1:] == "." and 0 < len(word) - word.count(".") <= ABBREVIATED_LETTERS and word[0].isalpha():
        return ABBREVIATED_COST
    if last in SENTENCE_ENDS:
        return 0.0
    return CLAUSE_COST if last in CLAUSE_ENDS or text[end - 1] in CLAUSE_ENDS else MID_CLAUSE_COST


def _lines(page: list[_Piece]) -> list[list[_Piece]] | None:
    """The page on one line, or on the two that are cheapest; None when it does not fit."""
    total = _length(page)
    if total <= LINE_LENGTH:
        return [page]
    if total > 2 * LINE_LENGTH + 1:
        return None
    best, best_cost = None, math.inf
    for cut in range(1, len(page)):
        first, second = _length(page[:cut]), _length(page[cut:])
        cost = (first - second) ** 2 + page[cut - 1].break_cost
        if max(first, second) <= LINE_LENGTH and cost < best_cost:
            best, best_cost = [page[:cut], page[cut:]], cost
    return best


def _length(pieces: list[_Piece]) -> int:
    return sum(piece.columns + piece.gap for piece in pieces) - (pieces[0].gap if pieces else 0)


def _best_pages(pieces: list[_Piece], clock: _TextClock) -> list[list[_Piece]]:
    """Cuts the sentence where it costs least: few captions, evenly full, cut at punctuation, none shorter than 1 s."""
    count = len(pieces)
    starts_s = [0.0, *(clock.time_s(piece.start) for piece in pieces[1:]), clock.end_s]
    cost = [0.0] + [math.inf] * count
    cut_before = [0] * (count + 1)
    for end in range(1, count + 1):
        for start in range(end - 1, -1, -1):
            page = pieces[start:end]
            if _length(page) > 2 * LINE_LENGTH + 1:
                break
            if _lines(page) is None:
                continue
            emptiness = (2 * LINE_LENGTH - _length(page)) ** 2 / 8
            hasty = HASTY_COST if starts_s[end] - starts_s[start] < SHORTEST_S else 0.0
            total = cost[start] + PAGE_COST + emptiness + hasty + (pieces[end - 1].break_cost if end < count else 0.0)
            if total < cost[end]:
                cost[end], cut_before[end] = total, start
    pages: list[list[_Piece]] = []
    end = count
    while end > 0:
        pages.insert(0, pieces[cut_before[end] : end])
        end = cut_before[end]
    return pages


def _caption(utterance: Utterance, page: list[_Piece], start_s: float, end_s: float, clock: _TextClock) -> Caption:
    text = utterance.sentence.text
    lines: list[str] = []
    place: dict[int, int] = {}
    offset = 0
    for row in _lines(page) or [page]:
        line = ""
        for piece in row:
            line += " " if line and piece.gap else ""
            place |= {char: offset + len(line) + char - piece.start for char in range(piece.start, piece.end)}
            line += text[piece.start : piece.end]
        lines.append(line)
        offset += len(line) + 1
    return Caption(tuple(lines), start_s, end_s, tuple(_placed_words(utterance, page, place, clock)))


def _placed_words(utterance: Utterance, page: list[_Piece], place: dict[int, int], clock: _TextClock) -> Iterator[Word]:
    """The words, or the parts of words, that this page shows, with their place in its lines."""
    for word in utterance.words:
        chars = [char for char in range(word.start_char, word.end_char) if char in place]
        if not chars:
            continue
        whole = len(chars) == len(
            [c for c in range(word.start_char, word.end_char) if not utterance.sentence.text[c : c + 1].isspace()]
        )
        start_s = word.start_s if whole else clock.time_s(chars[0])
        end_s = word.end_s if chars[-1] + 1 >= word.end_char else clock.time_s(chars[-1] + 1)
        shown = word.text if whole else utterance.sentence.text[chars[0] : chars[-1] + 1]
        yield Word(shown, start_s, max(0.0, end_s - start_s), place[chars[0]], place[chars[-1]] + 1)
