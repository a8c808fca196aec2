"""Progress: a line per event where it is plain, a bar with the time left where it is not."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from narrator.cli import progress
from narrator.cli.progress import BarReporter, LineReporter, TimeLeft, reporter
from narrator.session import State, Status

SPEAKING = State(Status.SPEAKING, source="page.html", title="A page", sentence="One.", number=1)


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[str]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_one_line_for_each_sentence_and_event(capsys: pytest.CaptureFixture[str]) -> None:
    with reporter(is_exporting=False, plain=True) as report:
        for state in (
            replace(SPEAKING, word="a"),
            replace(SPEAKING, word="b"),
            replace(SPEAKING, status=Status.PAUSED),
            replace(SPEAKING, sentence="Two.", sentence_index=1),
            replace(SPEAKING, number=2),
        ):
            report(state)
    assert lines_of(capsys) == [
        "reading: A page",
        "1: One.",
        "paused",
        "going on",
        "2: Two.",
        "reading: A page",
        "1: One.",
    ]


def test_an_export_tells_every_tenth_with_the_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now_s)
    with reporter(is_exporting=True, plain=True) as report:
        assert isinstance(report, LineReporter)
        for share in (None, 0.05, 0.1, 0.15, 0.4, 0.41, 1.0):
            report(replace(SPEAKING, progress=share))
            now_s += 2.0
    assert lines_of(capsys) == [
        "reading: A page",
        "exporting: 10 %, 36 s left",
        "exporting: 40 %, 12 s left",
        "exporting: 100 %, 0 s left",
    ]


def test_the_time_left_is_not_guessed_at_once() -> None:
    left = TimeLeft()
    assert left.seconds(0.5) is None
    assert left.seconds(0.0) is None


def test_a_bar_is_for_exports_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    with reporter(is_exporting=True, plain=False) as report:
        assert isinstance(report, BarReporter)
        for share in (None, 0.5, 1.0):
            report(replace(SPEAKING, progress=share))
    assert "A page" in screen.getvalue()
    assert "100%" in screen.getvalue()
    assert isinstance(reporter(is_exporting=False, plain=False), LineReporter)


def test_over_a_face_in_the_terminal_no_line_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with reporter(is_exporting=False, plain=False, is_painted_over=True) as report:
        report(State(Status.SPEAKING, "page", "A page", 1, "One.", 0, 1))
    assert capsys.readouterr() == ("", "")
    assert isinstance(reporter(is_exporting=False, plain=True, is_painted_over=True), LineReporter)
