"""The README's table: rows as the benchmarks print them, between its two marks."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from scripts import figures

ROWS = '[{"name": "one frame", "figure": 4.123456, "unit": "ms", "yardstick": "one remap", "ratio": 2.5}]'


def test_the_table_is_renewed_and_the_rest_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- figures -->\nold\n<!-- /figures -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(figures, "README", readme)
    monkeypatch.setattr(sys, "argv", ["figures.py", "-"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(ROWS))
    figures.main()
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| one frame | 4.12 | ms | one remap | 2.5 |" in text
    assert "old" not in text
    assert "cores" in text


def test_what_is_of_a_face_stands_in_its_own_column() -> None:
    rows = [
        {"name": "ada: T1", "figure": 100.0, "unit": "%", "yardstick": "20 of 20", "ratio": 1.0},
        {"name": "bo: T1", "figure": 95.0, "unit": "%", "yardstick": "19 of 20", "ratio": 0.95},
        {"name": "worst", "figure": 0.5, "unit": "", "yardstick": "", "ratio": None},
    ]
    lines = figures.table_by_face(rows).splitlines()
    assert lines[0] == "|  | ada | bo |"
    assert lines[2] == "| T1 | 100 % (20 of 20) | 95 % (19 of 20) |"
    assert lines[-1] == "| worst | 0.5 |  |  |  |"


@pytest.mark.parametrize("part", figures.PARTS, ids=lambda part: part.mark)
def test_every_page_has_both_marks_of_its_parts(part: figures.Part) -> None:
    text = part.page.read_text(encoding="utf-8")
    assert text.count(figures.START.format(part.mark)) == text.count(figures.END.format(part.mark)) == 1


def test_every_part_names_benchmarks_that_there_are() -> None:
    assert {name for part in figures.PARTS for name in part.benchmarks} <= set(BENCHMARKS)
