"""What the report says of each document, whether it has a film or not."""

from __future__ import annotations

from narrator.export.document import Document
from narrator.export.folder import Record
from narrator.export.progress import Progress
from narrator.export.report import of_document, report


def test_a_film_is_named_with_its_title_length_and_what_a_person_should_know() -> None:
    record = Record("/books/a.pdf", "a", "On boats", "en", 61.2345, "key", "", 1)
    document = Document("/books/a.pdf", "a", state="made", record=record, notes=["page 3 is damaged"])
    assert of_document(document) == {
        "source": "/books/a.pdf",
        "state": "made",
        "film": "a.mp4",
        "title": "On boats",
        "seconds": 61.234,
        "notes": ["page 3 is damaged"],
        "why": "",
    }


def test_what_failed_has_a_reason_and_no_film() -> None:
    told = of_document(Document("/books/b.pdf", "b", state="failed", why="it is empty"))
    assert (told["film"], told["seconds"], told["why"]) == ("", 0.0, "it is empty")


def test_what_a_run_broken_off_leaves_is_unfinished_and_not_still_being_made() -> None:
    for state in ("waiting", "reading", "drawing", "joining"):
        assert of_document(Document("/books/b.pdf", "b", state=state))["state"] == "unfinished"


def test_the_run_is_told_with_all_its_documents() -> None:
    told = report([Document("/books/b.pdf", "b", state="failed")], Progress(1, failed=1))
    assert told["failed"] == 1
    assert len(told["documents"]) == 1  # type: ignore[arg-type]
