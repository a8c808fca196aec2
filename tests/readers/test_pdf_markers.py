"""List markers are told from words, years and initials."""

from __future__ import annotations

import pytest

from readers.pdf_markers import Marker, marker_of


@pytest.mark.parametrize(
    "text", ["\u2022 oil", "\u2013 flour", "* salt", "1. Dry", "(a) first", "i) one", "[1] A. Sample"]
)
def test_markers_are_found(text: str) -> None:
    assert marker_of(text, None) is not None


@pytest.mark.parametrize(
    "text", ["1954. The year", "plain", "A. Sample wrote", "-5 degrees", "12. December", "e.g. this"]
)
def test_other_beginnings_are_none(text: str) -> None:
    assert marker_of(text, None) is None


def test_a_number_counts_as_the_next_after_the_previous() -> None:
    previous = Marker("1.", 11, 4)
    assert marker_of("12. Write it down", previous) is not None
    assert marker_of("14. Write it down", previous) is None
