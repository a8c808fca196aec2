"""A report arrives as it was told, and one that was cut off is the end."""

from __future__ import annotations

import io

import pytest

from narrator.screen_reader import reports as module
from narrator.screen_reader.reports import News, Report, Reports, next_report

ALL = [
    Report(News.BEGUN, 7),
    Report(News.SOUND, 7, "22050", bytes(range(256))),
    Report(News.MARK, 7, "a mark\nwith a line's end: \u00e4 "),
    Report(News.VOICES, detail="[]"),
]


def told(*reports: Report) -> bytes:
    pipe = io.BytesIO()
    for report in reports:
        Reports(pipe).tell(report)
    return pipe.getvalue()


def test_reports_arrive_as_they_were_told() -> None:
    pipe = io.BytesIO(told(*ALL))
    assert [next_report(pipe) for _ in ALL] == ALL
    assert next_report(pipe) is None


@pytest.mark.parametrize("report", ALL[:3])
def test_one_that_was_cut_off_anywhere_is_the_end(report: Report) -> None:
    whole = told(report)
    assert all(next_report(io.BytesIO(whole[:length])) is None for length in range(len(whole)))


@pytest.mark.parametrize("line", [b"\n", b"nonsense 1 0 0\n", b"begun x 0 0\n", b"begun 1\n", b"\xff\xfe\n"])
def test_nonsense_is_the_end(line: bytes) -> None:
    assert next_report(io.BytesIO(line)) is None


def test_it_breathes_only_where_it_has_said_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.BytesIO()
    reports = Reports(pipe)
    reports.tell(Report(News.BEGUN, 1))
    before = pipe.getvalue()
    reports.breathe()
    assert pipe.getvalue() == before
    monkeypatch.setattr(module, "ALIVE_S", -1.0)
    reports.breathe()
    assert pipe.getvalue() == before + told(Report(News.ALIVE))
