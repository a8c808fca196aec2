"""`python -m benchmarks` prints rows with name, figure, unit, yardstick and ratio."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as table
from benchmarks.figure import Figure


@pytest.fixture
def two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Figure("a frame", 4.0, "ms", "one remap, 2 ms", 2.0), Figure("worst F1", 0.9, "", "", None)]
    monkeypatch.setattr(table, "measured", lambda names, _minutes: rows if names == ["frame"] else [])


@pytest.mark.usefixtures("two_rows")
def test_rows_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert table.main(["frame"]) == 0
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split() == ["name", "figure", "unit", "yardstick", "ratio"]
    assert first.split() == ["a", "frame", "4", "ms", "one", "remap,", "2", "ms", "2.00"]
    assert second.split() == ["worst", "F1", "0.9"]


@pytest.mark.usefixtures("two_rows")
def test_rows_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    table.main(["frame", "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {"name": "a frame", "figure": 4.0, "unit": "ms", "yardstick": "one remap, 2 ms", "ratio": 2.0}


def test_an_unknown_name_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        table.main(["nothing"])
    assert ended.value.code == 2


def test_every_name_has_a_file_that_measures() -> None:
    folder = Path(table.__file__).parent
    for module in table.BENCHMARKS.values():
        assert "def measure(" in (folder / f"{module}.py").read_text(encoding="utf-8")
