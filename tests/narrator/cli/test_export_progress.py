"""Progress in words, lines and JSON."""

from __future__ import annotations

import json

import pytest

from narrator.cli import export_progress
from narrator.cli.export_progress import in_words, reporter
from narrator.export.document import Document
from narrator.export.progress import FIRST_GUESS_S, Progress


def half_done() -> Progress:
    """Four documents of which two are known and one is made, at twice real time."""
    progress = Progress(4)
    progress.read(1000, 2)
    progress.read(1000, 2)
    for _ in range(2):
        progress.drawn(500, 60.0)
    progress.document("made")
    progress.began_s -= 60.0
    return progress


def test_words_tell_documents_sections_minutes_speed_and_time_left() -> None:
    assert in_words(half_done()) == (
        "1 of 4 documents, 2 of 4 sections, 2.0 min of film, 2.0 times real time, 3 min left"
    )


def test_nothing_is_guessed_at_the_beginning() -> None:
    progress = half_done()
    progress.began_s += 60.0 - FIRST_GUESS_S / 2
    assert (progress.speed, progress.left_s) == (None, None)


def test_a_log_gets_a_line_for_each_document(capsys: pytest.CaptureFixture[str]) -> None:
    with reporter(plain=True, as_json=False) as report:
        report(half_done(), Document("a.pdf", "a", state="failed", why="it is damaged"))
    assert capsys.readouterr().err == "1/4 failed: a.pdf (it is damaged)\n"


def test_a_program_gets_an_object_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_progress, "LINE_EVERY_S", 0.0)
    with reporter(plain=True, as_json=True) as report:
        report(half_done(), None)
        report(half_done(), Document("a.pdf", "a", state="made"))
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (lines[0]["event"], lines[0]["minutes_drawn"], lines[0]["sections_drawn"]) == ("progress", 2.0, 2)
    assert (lines[1]["event"], lines[1]["film"], lines[1]["state"]) == ("document", "a", "made")


def test_a_terminal_gets_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with reporter(plain=False, as_json=False) as report:
        report(half_done(), None)
    assert "1 of 4 documents" in capsys.readouterr().err
