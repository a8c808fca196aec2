"""Running heads, feet and page numbers are dropped; text that only looks like them is kept."""

from __future__ import annotations

from readers.pdf_furniture import MarginRow, margin_rows, without_furniture
from readers.pdf_lines import Segment, line_of
from tests.readers.pdf_pages_made import page

HEIGHT = 800.0


def book_page(head: str, number: str, first: str = "A first line") -> list[Segment]:
    body = [(f"and line {row} of the body", 60.0, 688.0 - 12 * row) for row in range(40)]
    return page((head, 60, 770), (first, 60, 700), *body, (number, 300, 30))


def left(segments: list[Segment], *neighbours: list[Segment]) -> list[str]:
    margins: list[list[MarginRow]] = [margin_rows(other, HEIGHT) for other in neighbours]
    kept = without_furniture(segments, margin_rows(segments, HEIGHT), margins)
    return [line_of([segment]).text for segment in kept]


def test_what_the_next_page_repeats_is_dropped() -> None:
    texts = left(book_page("The Long Book 12", "12"), book_page("The Long Book 13", "13"))
    assert texts[0] == "A first line"
    assert len(texts) == 41


def test_the_page_of_the_same_hand_is_two_away() -> None:
    texts = left(book_page("Chapter", "3"), book_page("The Book", "4"), book_page("Chapter", "5"))
    assert "Chapter" not in texts


def test_a_page_number_is_dropped_without_neighbours() -> None:
    for number in ("7", "- 7 -", "Page 7 of 9", "xii", "Seite 7"):
        assert number not in left(book_page("A heading", number))


def test_a_first_heading_that_no_page_repeats_is_kept() -> None:
    assert "A heading" in left(book_page("A heading", "1"), book_page("Another thing altogether", "2"))


def test_repeated_lines_of_the_body_are_kept() -> None:
    assert "A first line" in left(book_page("Head", "1"), book_page("Head", "2"))


def test_a_page_that_is_only_a_number_keeps_it() -> None:
    assert left(page(("7", 300, 30))) == ["7"]
