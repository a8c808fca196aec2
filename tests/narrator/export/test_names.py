"""A film's name tells what it is, fits into any folder and takes nobody else's place."""

from __future__ import annotations

import pytest

from narrator.export.names import LONGEST_BYTES, names


def name(source: str, given: dict[str, str] | None = None, theirs: tuple[str, ...] = ()) -> str:
    return names([source], given or {}, lambda wanted: wanted not in theirs)[source]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("/books/Über den Wald.txt", "Über-den-Wald"),
        ("https://example.org/a/b.html?x=1#y", "b"),
        ("https://example.org/", "example"),
        ("/books/-x.md", "x"),
        ("/books/report.v2.part.md", "report-v2-part"),
        ("/books/a\nb\t'\"<script>.md", "a-b-script"),
        ("/books/%2e%2e%2fetc%2fpasswd.txt", "passwd"),
        ("/books/...md", "document"),
        ("/books/\udcff\udcfe.md", "document"),
        ("/books/index.html", "index-2"),
        ("/books/con.txt", "con-2"),
    ],
)
def test_whatever_a_document_is_called_its_film_has_a_plain_name(source: str, plain: str) -> None:
    assert name(source) == plain


@pytest.mark.parametrize("letter", ["x", "ß", "語", "😀"])
def test_the_longest_name_leaves_room_for_an_ending(letter: str) -> None:
    assert len(name(f"/books/{letter * 200}.md").encode()) <= LONGEST_BYTES


def test_names_that_differ_in_case_alone_are_two() -> None:
    assert list(names(["/a/Book.md", "/b/book.md"], {}, lambda _: True).values()) == ["Book", "book-2"]


def test_a_name_that_was_given_stays_and_one_that_somebody_else_has_is_left_alone() -> None:
    assert name("/a/book.md", given={"/a/book.md": "old"}) == "old"
    assert name("/a/book.md", theirs=("book",)) == "book-2"
