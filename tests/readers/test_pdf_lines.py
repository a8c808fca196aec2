"""Glyphs become lines: spaces found, notes' signs dropped, exponents kept."""

from __future__ import annotations

from readers.pdf_lines import line_of, lines_in_order, segments_of
from tests.readers.pdf_pages_made import BOLD, drawn, page


def test_words_drawn_apart_get_a_space() -> None:
    assert [line_of([s]).text for s in page(("two", 0, 100), ("words", 18, 100))] == ["two words"]


def test_a_gutter_s_gap_divides_a_line() -> None:
    assert len(page(("left", 0, 100), ("right", 60, 100))) == 2


def test_text_printed_twice_is_read_once() -> None:
    assert [line_of([s]).text for s in page(("bold", 0, 100), ("bold", 0.4, 100))] == ["bold"]


def test_letterspaced_type_is_one_word() -> None:
    glyphs = [g for i, c in enumerate("LIGHT") for g in drawn(c, i * 7.0, 100)]
    assert line_of(segments_of(glyphs)).text == "LIGHT"


def test_a_note_s_sign_is_dropped_and_an_exponent_kept() -> None:
    note = drawn("lighthouse", 0, 100) + drawn("12", 50, 104, 6) + drawn(" stands", 56, 100)
    assert line_of(segments_of(note)).text == "lighthouse stands"
    area = drawn("40 km", 0, 100) + drawn("2", 25, 104, 6)
    assert line_of(segments_of(area)).text == "40 km\u00b2"


def test_a_sign_at_the_beginning_marks_a_note() -> None:
    line = line_of(segments_of(drawn("3", 0, 103, 5) + drawn("The bell.", 3, 100, 8)))
    assert (line.note_mark, line.text) == ("3", "The bell.")


def test_cells_are_the_texts_between_wide_gaps() -> None:
    assert line_of(page(("Year", 0, 100), ("Oil", 60, 100))).cells == ["Year", "Oil"]


def test_the_order_of_tagged_content_is_kept() -> None:
    glyphs = drawn("below comes first", 0, 50) + drawn("above comes last", 0, 100)
    assert [line.text for line in lines_in_order(glyphs)] == ["below comes first", "above comes last"]


def test_weight_is_the_weight_of_most_letters() -> None:
    line = line_of(segments_of(drawn("Warning", 0, 100, font=BOLD)))
    assert line.is_bold
