"""Columns are found by their gutters and read one after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readers.pdf_columns import columns_of
from tests.readers.pdf_pages_made import page

LINE = "a line of running text in here"


def texts(segments: list[tuple[str, float, float]]) -> list[str]:
    return [line.text for column in columns_of(page(*segments)) for line in column]


def two_columns(rows: int, top: float = 700) -> list[tuple[str, float, float]]:
    return [(f"{side}{row} {LINE}", x, top - 12 * row) for row in range(rows) for side, x in (("L", 50), ("R", 250))]


def test_interleaved_lines_are_read_column_by_column() -> None:
    assert [text[:2] for text in texts(two_columns(4))] == ["L0", "L1", "L2", "L3", "R0", "R1", "R2", "R3"]


def test_a_title_over_both_columns_comes_first_and_a_note_under_them_last() -> None:
    title = ("A title that runs over the whole page, right across the gutter", 60.0, 740.0)
    note = ("A note that runs over the whole page, right across the gutter", 60.0, 500.0)
    read = texts([*two_columns(5), note, title])
    assert read[0].startswith("A title")
    assert read[-1].startswith("A note")
    assert read[5].startswith("L4")


def test_bands_of_columns_are_read_one_after_the_other() -> None:
    divider = ("A heading that runs over the whole page, right across the gutter", 60.0, 640.0)
    read = [text[:2] for text in texts([*two_columns(3), divider, *two_columns(3, 600)])]
    assert read == ["L0", "L1", "L2", "R0", "R1", "R2", "A ", "L0", "L1", "L2", "R0", "R1", "R2"]


def test_three_columns() -> None:
    rows = [(f"{c}{r} {LINE}", x, 700 - 12 * r) for r in range(4) for c, x in (("A", 20), ("B", 210), ("C", 400))]
    assert "".join(text[0] for text in texts(rows)) == "AAAABBBBCCCC"


def test_a_table_is_read_by_rows() -> None:
    rows = [(cell, x, 700 - 14 * row) for row in range(5) for cell, x in ((f"name {row}", 50), (f"{row}00", 200))]
    assert texts(rows) == [f"name {row} {row}00" for row in range(5)]


@given(
    st.lists(st.tuples(st.sampled_from(["x", "a few words", LINE]), st.floats(0, 600), st.floats(0, 800)), max_size=40)
)
def test_no_text_is_lost_or_doubled(drawn: list[tuple[str, float, float]]) -> None:
    segments = page(*drawn)
    letters = sum(len("".join(g.text for g in s.glyphs)) for s in segments)
    read = [line.text for column in columns_of(segments) for line in column]
    assert sum(len("".join(text.split())) for text in read) == letters
