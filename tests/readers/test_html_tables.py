"""Table elements in; rows that can be spoken, or the knowledge that the table is only layout, out."""

from __future__ import annotations

import pytest

from readers.html_tables import caption_text, is_data_table, row_texts
from readers.html_tree import Element, parse_html

DATA = (
    "<table><caption>Sizes</caption><tr><th>Sex<th>Weight"
    "<tr><td>Male<td><a href='/x'>4 kg</a><br>wet<tr><td><td></table>"
)


def table(markup: str) -> Element:
    return parse_html(markup).find(".//table")


def test_rows_are_lines_of_cells_and_empty_rows_are_left_out() -> None:
    assert [text for text, _ in row_texts(table(DATA))] == ["Sex; Weight", "Male; 4 kg wet"]
    assert row_texts(table(DATA))[1][1] > 0
    assert caption_text(table(DATA)) == "Sizes"


@pytest.mark.parametrize(
    "markup",
    [
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<table><tr><td><table><tr><td>x</table><td>b<tr><td>c<td>d</table>",
        "<table><tr><td>only<td>one row</table>",
        "<table><tr><td>one<tr><td>column</table>",
        "<table><tr><td>" + "prose " * 100 + "<td>b<tr><td>c<td>d</table>",
        "<table><tr><td><h2>a</h2><td>b<tr><td>c<td>d</table>",
    ],
)
def test_layout_is_told_from_data(markup: str) -> None:
    assert not is_data_table(table(markup))
    assert is_data_table(table(DATA))
