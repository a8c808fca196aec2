"""Line segments of a page in; regions of one column each, in reading order, out.

The tallest gutter (a strip of white with lines on both sides) splits a region into what is above it, its left side,
its right side and what is below it; each part is looked at again until no gutter is left.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from statistics import median

from readers.pdf_lines import SAME_LINE_EM, Line, Segment, line_of

GUTTER_EM = 0.6
"""The narrowest white strip taken for a gutter; LaTeX's default is 1 em, newspapers go down to 0.8."""
ROW_EM = 0.3
"""Baselines this close are one row; bands begin and end between rows."""
MIN_COLUMN_LINES = 3
"""Fewer lines side by side are a table row or a signature, not columns."""
MIN_PROSE_LINES = 2
"""For lines as long as prose, two side by side are enough."""
VALLEY_EM = 1.1
"""White right across both columns, from baseline to the tops below, from which a new band may begin."""
MAX_DEPTH = 30
"""Splits inside splits; a page of six columns in three bands needs 8, one of twenty short bands 20."""
TABLE_CELL_LETTERS = 22
"""Cells of tables are shorter than the lines of even a narrow newspaper column (25 to 35 characters)."""
ALIGNED_SHARE = 0.7
"""Share of lines with a partner on the same baseline from which a pair of columns may be a table."""
INDEX_LINES = 25
"""Short aligned lines in this number and equal widths are a book's index, which is read by columns."""
MAX_SEGMENTS = 4000
"""More pieces than this on one page (a map, a hostile file) are read from top to bottom without looking for columns."""


def columns_of(segments: Sequence[Segment], depth: int = 0) -> list[list[Line]]:
    """Columns in reading order, each a list of lines from top to bottom."""
    parts = _split(segments) if depth < MAX_DEPTH and len(segments) <= MAX_SEGMENTS else None
    if parts is None:
        return [lines_of(segments)] if segments else []
    return [column for part in parts for column in columns_of(part, depth + 1)]


def lines_of(segments: Sequence[Segment]) -> list[Line]:
    """Whole lines from top to bottom: segments on one baseline are one line."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.y):
        for row in rows[-3:]:
            if _is_same_line(row, segment):
                row.append(segment)
                break
        else:
            rows.append([segment])
    lines = [line_of(row) for row in rows]
    return [line for line in lines if line.text]


def _is_same_line(row: Sequence[Segment], segment: Segment) -> bool:
    for other in row:
        limit = SAME_LINE_EM if min(other.size, segment.size) < 0.8 * max(other.size, segment.size) else 0.3
        overlap = min(other.x1, segment.x1) - max(other.x0, segment.x0)
        if abs(other.y - segment.y) < limit * max(other.size, segment.size) and overlap < 0.5 * segment.size:
            return True
    return False


def _split(segments: Sequence[Segment]) -> list[list[Segment]] | None:
    rows = _rows(segments)
    if len(rows) < MIN_COLUMN_LINES:
        return None
    em = median(s.size for s in segments)
    best: tuple[int, int, int, float] | None = None
    for edge in sorted({round(s.x1, 0) for s in segments}):
        low, high = edge + 0.5, edge + GUTTER_EM * em
        run = _tallest_run(rows, low, high)
        if run is not None and (best is None or run[0] > best[0]):
            best = (run[0], run[1], run[2], (low + high) / 2)
    if best is None:
        return None
    _, start, end, middle = best
    cut = _band_end(rows[start:end], middle, em)
    if cut:
        return [[s for row in part for s in row] for part in (rows[: start + cut], rows[start + cut :])]
    start += _leading_right(rows[start:end], middle, em)
    above, band, below = ([s for row in part for s in row] for part in (rows[:start], rows[start:end], rows[end:]))
    left = [s for s in band if s.x1 <= middle]
    right = [s for s in band if s.x1 > middle]
    return [part for part in (above, left, right, below) if part]


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: -s.y):
        if rows and rows[-1][0].y - segment.y < ROW_EM * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _tallest_run(rows: Sequence[Sequence[Segment]], low: float, high: float) -> tuple[int, int, int] | None:
    """The best stretch of rows, from top to bottom, that leaves the strip white: (score, start, end)."""
    best: tuple[int, int, int] | None = None
    start = 0
    for place in range(len(rows) + 1):
        if place < len(rows) and not any(s.x0 < high and s.x1 > low for s in rows[place]):
            continue
        if place - start > (best[0] if best else 1):  # a run scores no more than it has rows
            run = [s for row in rows[start:place] for s in row]
            score = _side_by_side([s for s in run if s.x1 <= low], [s for s in run if s.x1 > low])
            if score and (best is None or score > best[0]):
                best = (score, start, place)
        start = place + 1
    return best


def _side_by_side(left: Sequence[Segment], right: Sequence[Segment]) -> int:
    """How many lines stand beside lines of the other side; 0 where that makes no columns."""
    if not left or not right:
        return 0
    score = min(_beside(left, right), _beside(right, left))
    is_prose = min(_letters_per_line(left), _letters_per_line(right)) >= TABLE_CELL_LETTERS
    if score < (MIN_PROSE_LINES if is_prose else MIN_COLUMN_LINES) or _is_table(left, right):
        return 0
    return score


def _beside(side: Sequence[Segment], other: Sequence[Segment]) -> int:
    top, bottom = max(s.y for s in other), min(s.y for s in other)
    return len({round(s.y) for s in side if bottom - ROW_EM * s.size <= s.y <= top + ROW_EM * s.size})


def _band_end(rows: Sequence[Sequence[Segment]], middle: float, em: float) -> int:
    """The row from which on a new band begins inside a run: a heading or a table over both columns; 0 for none."""
    valleys = [i for i in range(1, len(rows)) if _white_above(rows, i) > VALLEY_EM * em]
    for place, row in enumerate(valleys):
        end = valleys[place + 1] if place + 1 < len(valleys) else len(rows)
        before = valleys[place - 1] if place else 0
        if _is_tabular(rows[row:end], middle) or _is_tabular(rows[before:row], middle):
            return row
        is_alone = row + 1 < len(rows) and _white_above(rows, row + 1) > em
        if is_alone and all(s.x1 <= middle and _is_heading(s, em) for s in rows[row]):
            return row
    return 0


def _white_above(rows: Sequence[Sequence[Segment]], index: int) -> float:
    """From the baseline of the row above to the top of this one's letters."""
    return min(s.y for s in rows[index - 1]) - max(s.y + 0.7 * s.size for s in rows[index])


def _is_heading(segment: Segment, em: float) -> bool:
    return segment.size >= 1.12 * em or all(glyph.font.is_bold for glyph in segment.glyphs)


def _is_tabular(rows: Sequence[Sequence[Segment]], middle: float) -> bool:
    """Rows of three cells or more that stand on both sides of the gutter."""
    return len(rows) > 1 and all(
        len(row) > 2 and any(s.x1 <= middle for s in row) and any(s.x1 > middle for s in row) for row in rows
    )


def _is_table(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """True when two sides of a white strip share their baselines and hold short texts, as cells do."""
    fewer, more = sorted((left, right), key=len)
    baselines = sorted(s.y for s in more)
    aligned = sum(1 for s in fewer if _has_near(baselines, s.y, 0.25 * s.size))
    if aligned < ALIGNED_SHARE * len(fewer):
        return False
    if min(_letters_per_line(left), _letters_per_line(right)) >= TABLE_CELL_LETTERS:
        return False
    widths = [max(s.x1 for s in side) - min(s.x0 for s in side) for side in (left, right)]
    is_index = len(fewer) >= INDEX_LINES and min(widths) > 0.6 * max(widths)
    return not is_index


def _letters_per_line(side: Sequence[Segment]) -> float:
    lines = len({round(s.y / max(s.size, 1)) for s in side})
    return sum(s.letters() for s in side) / max(lines, 1)


def _has_near(values: Sequence[float], wanted: float, tolerance: float) -> bool:
    place = bisect_left(values, wanted - tolerance)
    return place < len(values) and values[place] <= wanted + tolerance


def _leading_right(rows: Sequence[Sequence[Segment]], middle: float, em: float) -> int:
    """How many rows at the top stand alone on the right (a date, a return address): they are read first."""
    count = 0
    while count < len(rows) and all(s.x1 > middle for s in rows[count]):
        count += 1
    if not 0 < count <= MIN_COLUMN_LINES or count == len(rows):
        return 0
    return count if rows[count - 1][0].y - rows[count][0].y > 2.0 * em else 0
