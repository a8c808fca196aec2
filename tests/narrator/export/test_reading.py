"""A document is read once, with what its readers had to say of it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.shelf_documents import write_documents
from narrator.export.reading import read
from tests.narrator.export.conftest import QUICK


def test_a_damaged_pdf_says_what_is_left_of_it(tmp_path: Path) -> None:
    write_documents(tmp_path)
    whole, cut = tmp_path / "paper.pdf", tmp_path / "cut.pdf"
    cut.write_bytes(whole.read_bytes()[:-40])  # the end, which says where everything lies
    assert read(str(whole), None, QUICK).notes == ()
    assert read(str(cut), None, QUICK).notes == ("it is damaged; what is still whole of it is read",)


def test_a_document_that_names_no_language_is_in_that_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "wald.txt"
    path.write_text("Der Wald steht schwarz und schweiget. Am Morgen ging ich weit hinaus.", encoding="utf-8")
    assert read(str(path), None, QUICK).language == "de"
