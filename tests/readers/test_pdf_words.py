"""Hyphens at line ends are dropped or kept, on the document's own evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.pdf_words import WordList, join_lines


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("he spoke of rail-", "ways and", "he spoke of railways and"),
        ("a well-", "known man", "a well-known man"),
        ("two-", "and three-fold", "two- and three-fold"),
        ("from 1954-", "1961", "from 1954-1961"),
        ("by Jean-", "Paul", "by Jean-Paul"),
        ("state-of-the-", "art", "state-of-the-art"),
        ("in\u00ad", "structions", "instructions"),
        ("\u706f\u5854\u7684", "\u770b\u5b88", "\u706f\u5854\u7684\u770b\u5b88"),
        ("at https://exam-", "ple.org", "at https://exam-ple.org"),
        ("the end", "of the line", "the end of the line"),
        ("with-", "out", "without"),
    ],
)
def test_two_lines_become_one_text(left: str, right: str, joined: str) -> None:
    assert join_lines(left, right, WordList()) == joined


def test_a_hyphen_is_kept_where_the_document_writes_it_elsewhere() -> None:
    words = WordList()
    words.add_line("the screen-reader user")
    assert join_lines("a screen-", "reader", words) == "a screen-reader"


def test_a_word_seen_whole_elsewhere_loses_its_hyphen() -> None:
    words = WordList()
    words.add_line("a wellspring of")
    assert join_lines("the well-", "spring", words) == "the wellspring"


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_letter_is_ever_lost(left: str, right: str) -> None:
    joined = join_lines(left, right, WordList())
    assert [c for c in joined if c.isalnum()] == [c for c in left + right if c.isalnum()]
