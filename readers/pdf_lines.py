"""Glyphs of a page in; line segments that never cross a column gutter, and whole lines, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from readers.pdf_direction import has_right_to_left, in_reading_order, is_cjk
from readers.pdf_glyphs import Glyph

SPACE_GAP_EM = 0.17
"""TeX shrinks a word space to 0.22 em at the least; kerning opens letters by less than 0.1 em."""
LETTERSPACING_EM = 0.08
"""Gaps between most letters above this mean letterspaced type, not words of one letter."""
SPLIT_GAP_EM = 0.6
"""Two texts drawn apart by this much may belong to two columns: LaTeX's gutter is 1 em, poor justification 0.5."""
SPLIT_GAP_SAME_RUN_EM = 1.5
"""Within one text-showing operator only a table's or a tab's gap is this wide."""
CELL_GAP_EM = 0.9
"""White between two cells of a table row; LaTeX's tabular puts 1.2 em there, less its side bearings."""
SCRIPT_SIZE = 0.82
"""Superscripts are set at 0.58 to 0.75 of their line's size."""
RAISED_EM = 0.15
SAME_LINE_EM = 0.5
"""Baselines closer than this part of the size are one line (super- and subscripts sit 0.2 to 0.4 em off)."""

_NOTE_MARK = re.compile(r"^(?:\[?\d{1,3}\]?(?:[,\u2013-]\[?\d{1,3}\]?)*|[*\u2020\u2021\u00a7\u00b6]{1,3}|[a-z])$")
_SUPERSCRIPTS = str.maketrans(
    "0123456789+-\u2212n", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207b\u207f"
)
_WORD_BEFORE_MARK = re.compile(r"(?:[^\W\d_]{3,}|[.,;:!?)\]\"'\u2019\u201d\u00bb%])$")
_UNITS = re.compile(r"(?:^|[\s\d/(\u00b7*-])(?:[kcmdnµμ]?m|km|ft|in|yd|mi|sec|inch|metres?|meters?)$")


@dataclass(slots=True)
class Segment:
    """Glyphs of one line without a wide gap; spaces are gone but remembered."""

    glyphs: list[Glyph]
    spaced: list[bool]
    """Whether a space stands before the glyph of the same index."""
    x0: float
    x1: float
    y: float
    size: float

    def letters(self) -> int:
        """How many characters it shows."""
        return sum(len(glyph.text) for glyph in self.glyphs)


@dataclass(slots=True)
class Line:
    """One line of one column, as text."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool = False
    is_italic: bool = False
    is_monospaced: bool = False
    note_mark: str = ""
    """The raised number or sign at its beginning, which makes it a footnote."""
    cells: list[str] = field(default_factory=list)
    """Its texts between wide gaps, where there are several."""
    cell_edges: list[tuple[float, float]] = field(default_factory=list)


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Line segments from top to bottom: first as they were drawn, then joined where they touch."""
    return _joined(_pieces(glyphs))


def _pieces(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Line segments in the order they were drawn."""
    pieces: list[Segment] = []
    current: Segment | None = None
    pending_space = False
    for glyph in glyphs:
        text = glyph.text
        if text.isspace() or text == "\u00a0":
            pending_space = True
            continue
        if current is not None and _continues(current, glyph):
            current.glyphs.append(glyph)
            current.spaced.append(pending_space or text[0].isspace())
            current.x1 = max(current.x1, glyph.x1)
            if glyph.size > current.size:
                current.size, current.y = glyph.size, glyph.y
        else:
            current = Segment([glyph], [pending_space], glyph.x0, glyph.x1, glyph.y, glyph.size)
            pieces.append(current)
        pending_space = text[-1].isspace()
    return pieces


def line_of(segments: Sequence[Segment]) -> Line:
    """The segments of one line, left to right, as one line of text."""
    ordered = sorted(segments, key=lambda s: s.x0)
    glyphs = [g for segment in ordered for g in segment.glyphs]
    sizes = Counter[float]()
    for glyph in glyphs:
        sizes[round(glyph.size, 1)] += len(glyph.text)
    size = max(sizes, key=lambda s: (sizes[s], s))
    main = [g for g in glyphs if g.size > SCRIPT_SIZE * size] or glyphs
    letters = sum(len(g.text) for g in main)
    y = median(g.y for g in main)
    mark, text = _text_of(ordered, size, y)
    line = Line(text, ordered[0].x0, max(s.x1 for s in ordered), y, size, note_mark=mark)
    line.is_bold = sum(len(g.text) for g in main if g.font.is_bold) > 0.7 * letters
    line.is_italic = sum(len(g.text) for g in main if g.font.is_italic) > 0.7 * letters
    line.is_monospaced = sum(len(g.text) for g in main if g.font.is_monospaced) > 0.9 * letters
    groups = _cells(ordered, size)
    if len(groups) > 1:
        line.cells = [_text_of(group, size, y)[1] for group in groups]
        line.cell_edges = [(group[0].x0, group[-1].x1) for group in groups]
    return line


def lines_in_order(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs of one block as lines, in the order given: for tagged content, whose order is known."""
    rows: list[list[Segment]] = []
    for piece in _pieces(glyphs):
        last = rows[-1][-1] if rows else None
        if last is not None and abs(last.y - piece.y) < SAME_LINE_EM * max(last.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line_of(row) for row in rows]


def _continues(segment: Segment, glyph: Glyph) -> bool:
    last = segment.glyphs[-1]
    em = max(last.size, glyph.size)
    if abs(glyph.y - last.y) > SAME_LINE_EM * em and abs(glyph.y - segment.y) > SAME_LINE_EM * em:
        return False
    gap = glyph.x0 - last.x1
    limit = SPLIT_GAP_SAME_RUN_EM if glyph.run == last.run else SPLIT_GAP_EM
    return -0.5 * em < gap < limit * em


def _joined(pieces: list[Segment]) -> list[Segment]:
    """Pieces that touch on one baseline become one segment; a text drawn twice (poor man's bold) stays once."""
    pieces.sort(key=lambda s: (-round(s.y, 0), s.x0))
    joined: list[Segment] = []
    for piece in pieces:
        for other in reversed(joined[-12:]):  # pieces of one baseline are neighbours after sorting
            em = max(piece.size, other.size)
            if abs(other.y - piece.y) > SAME_LINE_EM * em:
                continue
            if _is_copy(other, piece):
                break
            gap = piece.x0 - other.x1
            if -0.3 * em < gap < SPLIT_GAP_EM * em and (abs(other.y - piece.y) < 0.2 * em or gap < 0.3 * em):
                other.glyphs += piece.glyphs
                other.spaced += piece.spaced
                other.x1 = max(other.x1, piece.x1)
                if piece.size > other.size:
                    other.size, other.y = piece.size, piece.y
                break
        else:
            joined.append(piece)
    return joined


def _is_copy(first: Segment, second: Segment) -> bool:
    if abs(first.x0 - second.x0) > 0.2 * first.size or len(second.glyphs) > len(first.glyphs):
        return False
    return all(a.text == b.text for a, b in zip(first.glyphs, second.glyphs, strict=False))


def _cells(segments: Sequence[Segment], size: float) -> list[list[Segment]]:
    groups = [[segments[0]]]
    for segment in segments[1:]:
        if segment.x0 - groups[-1][-1].x1 > CELL_GAP_EM * size:
            groups.append([segment])
        else:
            groups[-1].append(segment)
    return groups


def _text_of(segments: Sequence[Segment], size: float, y: float) -> tuple[str, str]:
    """(raised mark at the beginning, text without raised citation marks)."""
    glyphs = [g for segment in segments for g in segment.glyphs]
    spaced = [s for segment in segments for s in segment.spaced]
    start = 0
    for left, right in zip(segments, segments[1:], strict=False):
        start += len(left.glyphs)
        spaced[start] = spaced[start] or right.x0 - left.x1 > SPACE_GAP_EM * size
    order = range(len(glyphs))
    _open_gaps(glyphs, spaced)
    if any(has_right_to_left(g.text) for g in glyphs):
        return "", _right_to_left_text(glyphs, spaced)
    parts: list[str] = []
    raised: list[str] = []
    mark = ""
    for index in order:
        glyph = glyphs[index]
        is_raised = glyph.size < SCRIPT_SIZE * size and glyph.y > y + RAISED_EM * size
        if not is_raised and raised:
            mark = _close_raised(parts, raised, mark)
        gap = " " if spaced[index] and not _is_between_cjk(parts, glyph.text) else ""
        if is_raised:
            raised.append(gap + glyph.text if not raised or gap else glyph.text)
        else:
            parts.append(gap + glyph.text)
    if raised:
        mark = _close_raised(parts, raised, mark)
    return mark, "".join(parts).strip()


def _close_raised(parts: list[str], raised: list[str], mark: str) -> str:
    """Ends a superscript: a note's sign is dropped, an exponent or unit is kept raised."""
    text = "".join(raised).strip()
    raised.clear()
    before = "".join(parts[-12:])
    is_sign = bool(_NOTE_MARK.match(text))
    if is_sign and not before.strip():
        return text
    if is_sign and _WORD_BEFORE_MARK.search(before) and not _UNITS.search(before):
        return mark
    parts.append(text.translate(_SUPERSCRIPTS) if re.fullmatch(r"[\d+\u2212n-]+", text) else text)
    return mark


def _open_gaps(glyphs: list[Glyph], spaced: list[bool]) -> None:
    """Marks a space where the gap is one; letterspaced type needs a wider gap."""
    gaps = [(b.x0 - a.x1) / max(a.size, b.size) for a, b in zip(glyphs, glyphs[1:], strict=False)]
    if not gaps:
        return
    usual = median(gaps)
    limit = SPACE_GAP_EM if usual < LETTERSPACING_EM or len(gaps) < 4 else usual * 1.5 + LETTERSPACING_EM
    if usual >= LETTERSPACING_EM and len(gaps) >= 4:
        for place in range(1, len(spaced)):
            spaced[place] = spaced[place] and gaps[place - 1] > usual * 1.2
    for place, gap in enumerate(gaps, start=1):
        if gap > limit:
            spaced[place] = True


def _is_between_cjk(parts: list[str], text: str) -> bool:
    return bool(parts) and is_cjk(parts[-1][-1]) and is_cjk(text[0])


def _right_to_left_text(glyphs: list[Glyph], spaced: list[bool]) -> str:
    texts: list[str] = []
    for glyph, space in zip(glyphs, spaced, strict=True):
        if space and texts:
            texts.append(" ")
        texts.append(glyph.text.strip())
    return "".join(texts[index] for index in in_reading_order(texts)).strip()
