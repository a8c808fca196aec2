"""The readers' scores in, mean and worst beside trafilatura alone out; readers.py has every row."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figure import Figure
from benchmarks.readers import Row, measure_documents, measure_pages


def measure() -> Iterator[Figure]:
    """Token F1, 0..1, and expected blocks out of order."""
    yield from _of("web pages", list(measure_pages()))
    yield from _of("PDFs", list(measure_documents()))


def _of(kind: str, rows: list[Row]) -> Iterator[Figure]:
    if not rows:
        return
    ours = [row.ours.f1 for row in rows]
    mean, errors = sum(ours) / len(rows), sum(row.ours.order_errors for row in rows)
    known = [row.yardstick for row in rows if row.yardstick is not None]
    theirs = sum(score.f1 for score in known) / len(known) if known else None
    yardstick = "" if theirs is None else f"trafilatura alone, {theirs:.3f}"
    yield Figure(f"{kind} read: mean F1 of {len(rows)}", mean, "", yardstick, None if theirs is None else mean / theirs)
    yield Figure(f"{kind} read: worst F1", min(ours), "", "", None)
    wrong = sum(score.order_errors for score in known)
    yield Figure(f"{kind} read: blocks out of order", errors, "", f"trafilatura alone, {wrong}" if known else "", None)
