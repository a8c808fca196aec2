"""The README's table: rows as the benchmarks print them, between its two marks."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from scripts import figures

ROWS = '[{"name": "one frame", "figure": 4.123456, "unit": "ms", "yardstick": "one remap", "ratio": 2.5}]'


def test_the_table_is_renewed_and_the_rest_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{figures.START}\nold\n{figures.END}\nafter\n", encoding="utf-8")
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


def test_the_readme_has_both_marks() -> None:
    text = figures.README.read_text(encoding="utf-8")
    assert text.count(figures.START) == text.count(figures.END) == 1
