"""Fonts with maps of their own are read through them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readers.pdf_fonts import MAX_CMAP_CODES, CodeMap

MIXED = b"""2 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange
1 begincidrange <20> <7e> 1 endcidrange 1 begincidchar <8140> 700 endcidchar /WMode 1 def"""


def test_codes_of_one_and_two_bytes_are_told_apart() -> None:
    assert list(CodeMap(MIXED).split(b"A\x81\x40B")) == [(1, 0x41), (2, 0x8140), (1, 0x42)]


def test_ranges_and_single_codes_give_their_characters() -> None:
    code_map = CodeMap(MIXED)
    assert (code_map.cids[1, 0x41], code_map.cids[2, 0x8140]) == (34, 700)
    assert code_map.is_vertical


def test_an_endless_range_is_cut() -> None:
    endless = CodeMap(b"1 begincidrange <00000000> <ffffffff> 0 endcidrange")
    assert len(endless.cids) <= MAX_CMAP_CODES + 1


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_any_map_splits_any_string_to_its_end(source: bytes, data: bytes) -> None:
    assert sum(max(length, 1) for length, _ in CodeMap(source).split(data)) >= len(data)
