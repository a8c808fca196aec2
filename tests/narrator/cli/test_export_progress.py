"""Progress in words, lines and JSON."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from narrator.cli import export_progress
from narrator.cli.export_progress import in_words, reporter
from narrator.export.document import Document
from narrator.export.folder import Record
from narrator.export.progress import Progress


def half_done() -> Progress:
    """Four documents of which two are known and one is made, at twice real time."""
    progress = Progress(4, workers=2)
    progress.read(1000, 2)
    progress.read(1000, 2)
    progress.began_s -= 60.0
    for _ in range(2):
        progress.drawn(500, 60.0)
    progress.document("made")
    return progress


def test_words_tell_documents_sections_minutes_speed_and_time_left() -> None:
    assert in_words(half_done()) == (
        "1 of 4 documents, 2 of 4 sections, 2.0 min of film, 2.0 times real time, 3 min left"
    )


def test_nothing_is_guessed_at_the_beginning() -> None:
    progress = Progress(4, workers=2)
    progress.read(1000, 2)
    assert in_words(progress) == "0 of 4 documents, 0 of 2 sections, 0.0 min of film"


def test_a_run_without_workers_says_so() -> None:
    assert in_words(Progress(1)).endswith("waiting for workers")


def test_a_log_gets_a_line_for_each_document(capsys: pytest.CaptureFixture[str]) -> None:
    with reporter(plain=True, as_json=False) as report:
        report(half_done(), Document("a.pdf", "a", state="failed", why="it is damaged"))
    assert capsys.readouterr().err == "1/4 failed: a.pdf (it is damaged)\n"


def test_a_log_tells_what_a_person_should_know_of_a_film_that_was_made(capsys: pytest.CaptureFixture[str]) -> None:
    with reporter(plain=True, as_json=False) as report:
        report(half_done(), Document("a.pdf", "a", state="made", notes=["page 3 is damaged"]))
    assert capsys.readouterr().err == "1/4 made: a.pdf (page 3 is damaged)\n"


def test_a_program_gets_an_object_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_progress, "LINE_EVERY_S", 0.0)
    record = Record("a.pdf", "a", "Title", "en", 60.0, "key", "", 1)
    with reporter(plain=True, as_json=True) as report:
        report(half_done(), None)
        report(half_done(), Document("a.pdf", "a", state="made", record=record))
        logging.getLogger("narrator.somewhere").warning("a worker is left out")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (lines[0]["event"], lines[0]["minutes_drawn"], lines[0]["sections_drawn"]) == ("progress", 2.0, 2)
    assert (lines[1]["event"], lines[1]["film"], lines[1]["state"]) == ("document", "a.mp4", "made")
    assert lines[2] == {"event": "warning", "text": "a worker is left out"}


def test_a_terminal_gets_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with reporter(plain=False, as_json=False) as report:
        report(half_done(), None)
    assert "1 of 4 documents" in capsys.readouterr().err


def test_what_a_document_failed_of_is_told_once_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    failed = Document("a.pdf", "a", state="failed", why="it is damaged")
    noted = Document("b.pdf", "b", state="made", notes=["page 2 is empty"])
    export = SimpleNamespace(documents=[failed, noted], progress=Progress(2, made=1, failed=1))
    for is_plain in (True, False):
        with reporter(plain=is_plain, as_json=False) as report:
            for document in export.documents:
                report(export.progress, document)
        report.end(export, Path("films/index.html"))  # type: ignore[arg-type]
        said = capsys.readouterr().err
        assert (said.count("it is damaged"), said.count("page 2 is empty")) == (1, 1)
        assert "1 document of 2 failed" in said


def test_what_many_documents_failed_of_is_one_line_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    failed = [Document(f"{number}.md", str(number), state="failed", why="the disk is full") for number in range(900)]
    made = Document("a.pdf", "a", state="made", notes=["page 3 is damaged"])
    export = SimpleNamespace(documents=[*failed, made], progress=Progress(901, made=1, failed=900))
    reporter(plain=True, as_json=False).end(export, Path("films/index.html"))  # type: ignore[arg-type]
    assert capsys.readouterr().err.splitlines() == [
        "narrator: 0.md and 899 more: the disk is full",
        "narrator: a.pdf: page 3 is damaged",
        "narrator: 900 documents of 901 failed; the same command tries them again",
        "narrator: to watch: films/index.html",
    ]
