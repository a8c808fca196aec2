"""Hand-written texts in; token F1 and order errors of our readers, beside trafilatura alone, out.

Run as: python -m benchmarks.readers [--json]. Pages lie in tests/readers/pages (NAME.html, NAME.txt), documents in
tests/readers/pdf_texts (NAME.txt beside NAME.pdf, or of a PDF of that name in ../shared/data/pdf).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading_score import ReadingScore, score_reading

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "tests" / "readers" / "pages"
DOCUMENT_TEXTS = ROOT / "tests" / "readers" / "pdf_texts"
DOCUMENT_FOLDERS = (DOCUMENT_TEXTS, ROOT.parent / "shared" / "data" / "pdf")
F1_GOAL = 0.97
_PASSWORD = "openpassword"  # of libreoffice-writer-password.pdf, as its own test suite publishes it


@dataclass(frozen=True, slots=True)
class Row:
    """One page or document."""

    name: str
    ours: ReadingScore
    yardstick: ReadingScore | None
    """trafilatura alone; None for documents."""


def measure_pages() -> Iterator[Row]:
    """Every page with an expected text."""
    from readers.open_source import open_source

    for text in sorted(PAGES.glob("*.txt")):
        page = text.with_suffix(".html")
        expected = text.read_text(encoding="utf-8").splitlines()
        extracted = [block.text for block in open_source(str(page)).blocks]
        yardstick = score_reading(expected, trafilatura_alone(page.read_bytes()))
        yield Row(page.stem, score_reading(expected, extracted), yardstick)


def measure_documents() -> Iterator[Row]:
    """Every PDF with an expected text."""
    from readers.open_source import open_source

    for text in sorted(DOCUMENT_TEXTS.glob("*.txt")):
        found = [folder / f"{text.stem}.pdf" for folder in DOCUMENT_FOLDERS if (folder / f"{text.stem}.pdf").exists()]
        if not found:
            continue
        expected = text.read_text(encoding="utf-8").splitlines()
        password = _PASSWORD if "password" in text.stem else None
        extracted = [block.text for block in open_source(str(found[0]), password=password).blocks]
        yield Row(text.stem, score_reading(expected, extracted), None)


def trafilatura_alone(page: bytes) -> list[str]:
    """What trafilatura's own defaults read, line by line."""
    import trafilatura

    return (trafilatura.extract(page, include_comments=False) or "").splitlines()


def print_table(heading: str, rows: list[Row]) -> None:
    """One line for each row, then the mean and the worst."""
    print(f"{heading:<28} {'F1':>6} {'prec':>6} {'recall':>6} {'order':>6} {'yardstick F1':>13} {'order':>6}")
    for row in rows:
        known = (f"{row.yardstick.f1:13.3f}", f"{row.yardstick.order_errors:6d}") if row.yardstick else ("-", "-")
        ours = row.ours
        figures = f"{ours.f1:6.3f} {ours.precision:6.3f} {ours.recall:6.3f} {ours.order_errors:6d}"
        print(f"{row.name:<28} {figures} {known[0]:>13} {known[1]:>6}{'' if ours.f1 >= F1_GOAL else '  below goal'}")
    if rows:
        mean = sum(row.ours.f1 for row in rows) / len(rows)
        worst = min(row.ours.f1 for row in rows)
        print(f"{'mean, worst':<28} {mean:6.3f} {worst:6.3f}\n")


def main(arguments: list[str] | None = None) -> int:
    """Prints the tables, or the same as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    pages, documents = list(measure_pages()), list(measure_documents())
    if chosen.json:
        print(json.dumps([_as_json(row) for row in pages + documents]))
    else:
        print_table("page", pages)
        print_table("document", documents)
    return 0


def _as_json(row: Row) -> dict[str, object]:
    yardstick = row.yardstick.f1 if row.yardstick else None
    return {"name": row.name, "f1": row.ours.f1, "order_errors": row.ours.order_errors, "yardstick_f1": yardstick}


if __name__ == "__main__":
    sys.exit(main())
