"""Sentences too long for one breath are cut where a reader would pause, and whole otherwise."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from narrator.sentences.pieces import LONGEST_PIECE, split_long, spoken_length


def test_a_short_sentence_stays_whole() -> None:
    assert split_long("A short sentence, with a comma; and more.") == ["A short sentence, with a comma; and more."]


def test_a_semicolon_is_preferred_to_a_comma() -> None:
    left = "word " * 20 + "first part;"
    pieces = split_long(left + " second, " + "third " * 30)
    assert pieces[0] == left


def test_a_comma_is_preferred_to_a_space() -> None:
    left = "word " * 25 + "so,"
    assert split_long(left + " then" * 60)[0] == left


def test_a_number_is_not_cut_at_its_comma() -> None:
    pieces = split_long("about " * 30 + "1,234,567 " * 20)
    assert all(set(piece.split()) <= {"about", "1,234,567"} for piece in pieces)


def test_chinese_is_cut_at_its_own_comma() -> None:
    pieces = split_long("今天天气很好，" * 40)
    assert all(piece.endswith("，") and spoken_length(piece) <= LONGEST_PIECE for piece in pieces)


def test_a_text_without_any_break_is_cut_all_the_same() -> None:
    assert [len(piece) for piece in split_long("x" * 450)] == [200, 200, 50]


def test_twice_the_text_takes_about_twice_as_long() -> None:
    def seconds(length: int) -> float:
        begin_s = time.process_time()
        assert len(split_long("x" * length)) == length / LONGEST_PIECE
        return time.process_time() - begin_s

    # Forty times the text would take sixteen hundred times as long if each cut looked at all that is left.
    assert min(seconds(1_000_000) for _ in range(2)) < 200 * min(seconds(25_000) for _ in range(5))


@given(st.text(max_size=1000), st.integers(5, 200))
def test_pieces_fit_and_hold_every_visible_character(text: str, longest: int) -> None:
    pieces = split_long(text, longest)
    assert "".join("".join(piece.split()) for piece in pieces) == "".join(text.split())
    assert all(spoken_length(piece) <= longest for piece in pieces if len(piece) > 1)
