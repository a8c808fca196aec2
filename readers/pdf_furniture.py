"""Segments of a page and its neighbours in; the same without running headers and footers out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from statistics import median

from readers.pdf_lines import SAME_LINE_EM, Line, Segment, line_of

MARGIN_ROWS = 3
"""Running headers and footers are at most three rows deep."""
MARGIN_SHARE = 0.2
"""They stand in this outer part of the page's height, top and bottom."""
SEPARATION = 1.3
"""White between them and the text, as a multiple of the page's usual line pitch."""
SAME_PLACE_PT = 14.0
"""A running line may shift by about one line from page to page."""
FAR_EM = 6.0
"""White between a running title and the page number at the other end of its line."""
ALIKE = 0.85
"""SequenceMatcher's ratio of two masked rows that say the same."""

_ROMAN = r"[ivxlcdm]{1,7}"
_DIGITS = re.compile(r"\d+")
_ROMAN_ALONE = re.compile(rf"^{_ROMAN}$", re.I)
_PAGE_NUMBER = re.compile(
    r"^(?:[-\u2013\u2014\[(|~\s]*)(?:(?:page|p\.|pg\.|seite|p\u00e1gina|pagina|strona|sida|side|\u0441\u0442\u0440\.?|\u7b2c)\s*)?"
    rf"(?:[A-Z]{{1,2}}[-\u2013])?(?:\d{{1,4}}|{_ROMAN})"
    r"(?:\s*(?:of|/|von|de|di|sur|van|av|z|\u0438\u0437|out of|\|)\s*\d{1,4})?\s*(?:\u9875|\u30da\u30fc\u30b8|\u9801)?"
    r"(?:[-\u2013\u2014\])|~.\s]*)$",
    re.I,
)


@dataclass(slots=True)
class MarginRow:
    """One row of text near the top or bottom edge of a page."""

    masked: str
    """Its text with every number as "#"."""
    y: float
    is_top: bool
    is_apart: bool
    """White separates it from the text."""
    is_page_number: bool
    segments: list[Segment] = field(default_factory=list)


def margin_rows(segments: Sequence[Segment], height: float) -> list[MarginRow]:
    """The rows of a page that could be running headers or footers."""
    rows = _rows(segments)
    if not rows:
        return []
    tops = [max(s.y for s in row) for row in rows]
    pitch = _pitch(rows)
    found: list[MarginRow] = []
    for is_top, indices in ((True, range(len(rows))), (False, range(len(rows) - 1, -1, -1))):
        for depth, index in enumerate(indices):
            in_margin = tops[index] > height * (1 - MARGIN_SHARE) if is_top else tops[index] < height * MARGIN_SHARE
            if depth == MARGIN_ROWS or not in_margin:
                break
            inner = index + 1 if is_top else index - 1
            gap = abs(tops[index] - tops[inner]) if 0 <= inner < len(rows) else height
            line = line_of(rows[index])
            apart = gap > SEPARATION * pitch
            found.append(_margin_row(line, rows[index], is_top, apart))
    _spread_separation(found)
    return found


def without_furniture(
    segments: Sequence[Segment], rows: Sequence[MarginRow], neighbours: Sequence[Sequence[MarginRow]]
) -> list[Segment]:
    """The page's segments less what its neighbours repeat in the same place, and less its page number."""
    dropped: set[int] = set()
    body = len(segments)
    for row in rows:
        repeated = row.is_apart and any(_repeats(row, other) for page in neighbours for other in page)
        alone = row.is_page_number and row.is_apart and body > len(row.segments)
        if repeated or alone:
            dropped.update(id(segment) for segment in row.segments)
    return [segment for segment in segments if id(segment) not in dropped]


def _repeats(row: MarginRow, other: MarginRow) -> bool:
    if row.is_top != other.is_top or abs(row.y - other.y) > SAME_PLACE_PT:
        return False
    if row.masked == other.masked:
        return True
    if min(len(row.masked), len(other.masked)) < 8:  # short texts are alike by chance
        return False
    return SequenceMatcher(None, row.masked, other.masked, autojunk=False).ratio() >= ALIKE


def _spread_separation(rows: list[MarginRow]) -> None:
    """A header of several close rows is apart from the text as a whole when its inner row is."""
    for is_top in (True, False):
        apart = False
        for row in reversed([r for r in rows if r.is_top == is_top]):
            row.is_apart = apart = row.is_apart or apart


def _margin_row(line: Line, segments: list[Segment], is_top: bool, apart: bool) -> MarginRow:
    text = " ".join(line.text.split())
    number = bool(_PAGE_NUMBER.match(text)) and len(text) <= 24
    ordered = sorted(segments, key=lambda s: s.x0)
    if len(ordered) > 1 and not number:  # a running line with the number at its outer end
        far = ordered[1].x0 - ordered[0].x1 > FAR_EM * line.size, ordered[-1].x0 - ordered[-2].x1 > FAR_EM * line.size
        ends = [ordered[i] for i, is_far in zip((0, -1), far, strict=True) if is_far]
        number = any(_PAGE_NUMBER.match(line_of([segment]).text) for segment in ends)
    words = ["#" if _ROMAN_ALONE.match(word) and len(text) < 40 else word for word in _DIGITS.sub("#", text).split()]
    return MarginRow(" ".join(words).casefold(), line.y, is_top, apart, number, segments)


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.y):
        if rows and abs(rows[-1][0].y - segment.y) < SAME_LINE_EM * max(rows[-1][0].size, segment.size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _pitch(rows: Sequence[Sequence[Segment]]) -> float:
    size = median(s.size for row in rows for s in row)
    steps = [a[0].y - b[0].y for a, b in zip(rows, rows[1:], strict=False)]
    near = [step for step in steps if 0.8 * size < step < 2.5 * size]
    return median(near) if len(near) > 3 else 1.2 * size
