"""Text drawn from left to right is put into the order it is read in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.pdf_direction import in_reading_order, is_cjk, is_right_to_left, one_script


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("plain words", "plain words"),
        ("\u05dd\u05d5\u05dc\u05e9", "\u05e9\u05dc\u05d5\u05dd"),
        (".\u05dd\u05d5\u05dc\u05e9 1954 \u05ea\u05e0\u05e9", "\u05e9\u05e0\u05ea 1954 \u05e9\u05dc\u05d5\u05dd."),
        ("\u05d0\u05d1\u05d2 PDF \u05d3\u05d4\u05d5", "\u05d5\u05d4\u05d3 PDF \u05d2\u05d1\u05d0"),
        ("it says \u05dd\u05d5\u05dc\u05e9 here", "it says \u05e9\u05dc\u05d5\u05dd here"),
        ("\u05d0 3.14 \u05d1", "\u05d1 3.14 \u05d0"),
    ],
)
def test_visual_order_becomes_reading_order(seen: str, read: str) -> None:
    assert "".join(seen[index] for index in in_reading_order(list(seen))) == read


@given(st.lists(st.text(min_size=1, max_size=3), max_size=40))
def test_every_glyph_keeps_its_place_in_some_order(texts: list[str]) -> None:
    assert sorted(in_reading_order(texts)) == list(range(len(texts)))


def test_a_glyph_cannot_show_two_scripts() -> None:
    assert one_script("\u062d\u0628\u064a\u0628\u064a h") == "h"
    assert one_script("ffi") == "ffi"


def test_scripts_are_told_apart() -> None:
    assert is_right_to_left("\u0645\u0631\u062d\u0628\u0627 PDF")
    assert not is_right_to_left("PDF \u0645")
    assert is_cjk("\u706f")
    assert not is_cjk("\uac00")
