"""The lines of one column in; headings, paragraphs, list items, table rows and notes as pieces out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from narrator.flow import BlockKind
from readers.pdf_lines import Line
from readers.pdf_markers import Marker, marker_of

PARAGRAPH_GAP = 1.3
"""Line pitches of white that end a paragraph; LaTeX's parskip and Word's 6 pt both exceed it."""
INDENT_EM = 0.7
"""First lines are indented by at least 1 em; ragged or hung punctuation by less than this."""
SHORT_LINE = 0.75
"""A line that ends before this share of its column's width, with a full stop, ends its paragraph."""
FEW_STEPS = 5
"""With fewer line steps in a column (a title page) the pitch is not measured but bounded by one and a half lines."""
HEADING_SIZE = 1.12
"""Headings of the same weight are at least a twelfth larger than the body (12 pt over 10.8)."""
NOTE_SIZE = 0.93
"""Footnotes are set smaller than the body: 8 over 10 pt, 10 over 11 or 12."""
MAX_HEADING_LETTERS = 160
MAX_BOLD_HEADING_LETTERS = 100
_SENTENCE_END = re.compile(r"[.!?\u2026:;\u3002\uff01\uff1f\u061f\u06d4\u0964][\"'\u2019\u201d\u00bb)\]\u300d\u300f]*$")
_CAPTION = re.compile(r"^(?:Fig(?:ure|ura|\.)?|Abb(?:ildung|\.)|Figuur|Figur|\u56fe|\u56f3|Photo|Chart)\s*\d+", re.I)
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVX]{1,5}\.|[A-H]\.(?:\d{1,2}\.?)*)\s+\S")
_CONTENTS_ENTRY = re.compile(r"(?:\.\s?){4,}\s*\w{1,5}$|^(?:\d{1,2}\.)+\d{0,2}\s.*\s\d{1,4}$")
"""A line of a table of contents: dots or a section's number, and a page number at its end."""
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\w{1,5}$")
_SECTION_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s")


@dataclass(slots=True)
class Piece:
    """One block in the making."""

    kind: BlockKind
    lines: list[str]
    page: int = 0
    level: int = 0
    size: float = 0.0
    is_bold: bool = False
    is_indented: bool = False
    """Its first line is indented: it begins a paragraph."""
    is_full: bool = False
    """Its last line reaches the right margin: it may go on elsewhere."""
    is_note: bool = False
    marker: Marker | None = None
    indent: float = 0.0
    cells: list[list[str]] = field(default_factory=list)
    language: str = ""
    """Given by a tag; empty where it is the document's."""


@dataclass(slots=True)
class Margins:
    """What is usual in one column."""

    left: float
    right: float
    pitch: float
    em: float
    is_centred: bool


class BodyStyle:
    """The size and weight of a document's running text, learnt page by page."""

    def __init__(self) -> None:
        self._letters: Counter[tuple[float, bool]] = Counter()

    def learn(self, lines: Sequence[Line]) -> None:
        """Counts the letters of each size and weight."""
        for line in lines:
            self._letters[round(line.size * 2) / 2, line.is_bold] += len(line.text)

    @property
    def size(self) -> float:
        """Points."""
        return max(self._letters, key=lambda k: self._letters[k], default=(10.0, False))[0]

    @property
    def is_bold(self) -> bool:
        """True where running text itself is set bold."""
        return max(self._letters, key=lambda k: self._letters[k], default=(10.0, False))[1]


def pieces_of(lines: Sequence[Line], body: BodyStyle, page: int) -> list[Piece]:
    """The pieces of one column, from top to bottom."""
    margins = _margins(lines)
    tabular = _table_rows(lines)
    pieces: list[Piece] = []
    first: Line | None = None
    for place, line in enumerate(lines):
        previous = lines[place - 1] if place else None
        if tabular[place]:
            cells = line.cells or [line.text]
            pieces.append(Piece(BlockKind.TABLE_ROW, [", ".join(cells)], page, size=line.size, cells=[cells]))
            continue
        marker = marker_of(line.text, pieces[-1].marker if pieces else None)
        after_row = bool(place and tabular[place - 1])
        if (
            previous is None
            or first is None
            or after_row
            or _starts(line, previous, first, marker, margins, pieces[-1])
        ):
            pieces.append(_new_piece(line, marker, margins, body, page))
            first = line
        else:
            pieces[-1].lines.append(line.text)
        pieces[-1].is_full = line.x1 > margins.right - max(2.0 * margins.em, 0.06 * (margins.right - margins.left))
    _settle(pieces, body)
    return pieces


def ends_sentence(text: str) -> bool:
    """True where the text's last character ends a sentence."""
    return bool(_SENTENCE_END.search(text.rstrip()))


def _margins(lines: Sequence[Line]) -> Margins:
    em = median(line.size for line in lines)
    lefts = Counter(round(line.x0 / (0.3 * em)) for line in lines)
    common = lefts.most_common(1)[0]
    left = min(line.x0 for line in lines if round(line.x0 / (0.3 * em)) == common[0])
    rights = sorted(line.x1 for line in lines)
    right = rights[min(int(0.9 * len(rights)), len(rights) - 1)]
    steps = [a.y - b.y for a, b in zip(lines, lines[1:], strict=False) if 0.7 * em < a.y - b.y < 2.2 * em]
    # The lower quartile: where every second step is a paragraph's gap, the median would be that gap.
    pitch = sorted(steps)[len(steps) // 4] if steps else 1.2 * em
    middles = [abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 0.6 * em for a, b in zip(lines, lines[1:], strict=False)]
    moved = [abs(a.x0 - b.x0) > em for a, b in zip(lines, lines[1:], strict=False)]
    centred = len(lines) > 1 and sum(m and n for m, n in zip(middles, moved, strict=True)) > 0.6 * len(middles)
    if len(steps) < FEW_STEPS:
        pitch = min(pitch, (1.3 if centred else 1.5) * em)
    return Margins(left, right, pitch, em, centred)


def _starts(line: Line, previous: Line, first: Line, marker: Marker | None, margins: Margins, piece: Piece) -> bool:
    """Whether a line begins a new piece."""
    em = max(line.size, previous.size)
    gap = previous.y - line.y
    if abs(line.size - previous.size) > 0.08 * em or line.is_monospaced != previous.is_monospaced:
        return True
    pitch = margins.pitch if abs(line.size - margins.em) < 0.1 * em else 1.25 * line.size
    if gap < 0 or gap > PARAGRAPH_GAP * pitch:
        return True
    if line.is_monospaced:
        return False
    if _CONTENTS_ENTRY.search(previous.text):
        return True
    is_stop = ends_sentence(previous.text)
    is_far = previous.x1 < margins.right - 3 * em
    if line.is_bold != previous.is_bold and (is_stop or is_far or not line.text[0].islower()):
        return line.is_bold or not previous.text.rstrip().endswith((",", "-"))
    if line.note_mark or (marker is not None and (is_stop or piece.marker or previous.x1 < margins.right - 2 * em)):
        return True
    if margins.is_centred:
        return False
    is_hanging = piece.marker is not None or first.x0 < margins.left - INDENT_EM * em
    if line.x0 > previous.x0 + INDENT_EM * em and not (is_hanging and previous is first):
        return previous.x0 <= margins.left + INDENT_EM * em or is_stop
    if line.x0 < previous.x0 - INDENT_EM * em and previous is not first:
        return True
    width = margins.right - margins.left
    is_short = previous.x1 < margins.left + SHORT_LINE * width
    return is_stop and is_short and not line.text[0].islower()


def _new_piece(line: Line, marker: Marker | None, margins: Margins, body: BodyStyle, page: int) -> Piece:
    piece = Piece(BlockKind.PARAGRAPH, [line.text], page, size=line.size, is_bold=line.is_bold, indent=line.x0)
    piece.is_indented = line.x0 > margins.left + INDENT_EM * line.size
    piece.is_note = bool(line.note_mark) and line.size < NOTE_SIZE * body.size
    if marker is not None and not piece.is_note:
        piece.marker = marker
        piece.kind = BlockKind.LIST_ITEM
    elif line.is_monospaced:
        piece.kind = BlockKind.CODE
    return piece


def _settle(pieces: list[Piece], body: BodyStyle) -> None:
    """Decides headings and captions, once whole pieces are known."""
    for piece in pieces:
        text = " ".join(piece.lines)
        if piece.kind in (BlockKind.TABLE_ROW, BlockKind.CODE) or piece.is_note:
            continue
        if _LEADERS.search(text):
            piece.is_full = False  # an entry of a table of contents ends here, whatever its punctuation
        elif _CAPTION.match(text) and piece.size <= HEADING_SIZE * body.size:
            piece.kind = BlockKind.FIGURE
        elif _is_heading(piece, text, body):
            piece.kind, piece.marker = BlockKind.HEADING, None
            piece.level = _level(piece, text, body)


def _is_heading(piece: Piece, text: str, body: BodyStyle) -> bool:
    if len(text) > MAX_HEADING_LETTERS or not any(c.isalnum() for c in text):
        return False
    if piece.size >= HEADING_SIZE * body.size:
        return piece.size >= 1.25 * body.size or not text.endswith((".", ",", ";"))
    if not piece.is_bold or body.is_bold or piece.size < NOTE_SIZE * body.size:
        return False
    if piece.marker is not None and not _NUMBERED.match(text):
        return False
    return len(text) <= MAX_BOLD_HEADING_LETTERS and not text.endswith((".", ",", ";", ":"))


def _level(piece: Piece, text: str, body: BodyStyle) -> int:
    """Heading level 1 to 6, by section number where there is one, else by size."""
    numbered = _SECTION_NUMBER.match(text)
    if numbered:
        return min(2 + numbered.group(1).count("."), 6)
    ratio = piece.size / body.size
    return 1 if ratio >= 1.6 else 2 if ratio >= 1.3 else 3 if ratio >= HEADING_SIZE else 4


def _table_rows(lines: Sequence[Line]) -> list[bool]:
    """Which lines are rows of a table: at least two neighbours with cells that share an edge or a middle."""
    flags = [False] * len(lines)
    for place in range(len(lines) - 1):
        above, below = lines[place], lines[place + 1]
        if len(above.cells) < 2 or len(below.cells) < 2 or above.y - below.y > 3 * above.size:
            continue
        if _shared_columns(above, below) >= 2:
            flags[place] = flags[place + 1] = True
    return flags


def _shared_columns(above: Line, below: Line) -> int:
    tolerance = 0.6 * above.size
    shared = 0
    for x0, x1 in above.cell_edges:
        for u0, u1 in below.cell_edges:
            if abs(x0 - u0) < tolerance or abs(x1 - u1) < tolerance or abs(x0 + x1 - u0 - u1) < 2 * tolerance:
                shared += 1
                break
    return shared
