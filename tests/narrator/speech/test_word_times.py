"""Every word-like token gets a time, also where espeak merges or multiplies words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.flow import Phone
from narrator.speech.espeak_timing import PlacedPhone
from narrator.speech.word_times import is_wordlike, time_words, tokens


def phones(*placed: tuple[str, int, int]) -> list[PlacedPhone]:
    return [PlacedPhone(Phone(ipa, i * 0.1, 0.1), position, word) for i, (ipa, position, word) in enumerate(placed)]


def times(text: str, *placed: tuple[str, int, int]) -> list[tuple[str, float, float]]:
    return [(w.text, round(w.start_s, 3), round(w.end_s, 3)) for w in time_words(text, phones(*placed))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, world!", ["Hello", "world"]),
        ("“don’t” (now)", ["don’t", "now"]),
        ("$5.20 & 50%", ["$5.20", "&", "50%"]),
        ("a — b … c", ["a", "b", "c"]),
        ("我有3本书。", ["我", "有", "3", "本", "书"]),
        ("話します", ["話します"]),
        ("カタカナとひらがな", ["カタカナ", "とひらがな"]),
        ("नमस्ते दुनिया।", ["नमस्ते", "दुनिया"]),
        ("مرحبا، عالم؟", ["مرحبا", "عالم"]),
        ("", []),
        ("... !?", []),
    ],
)
def test_tokens_are_what_a_reader_calls_words(text: str, expected: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokens(text)] == expected


def test_a_word_lasts_from_its_first_to_its_last_phone() -> None:
    assert times("ab cd", ("a", 0, 0), ("b", 0, 0), ("k", 3, 1), ("d", 3, 1)) == [("ab", 0.0, 0.2), ("cd", 0.2, 0.4)]


def test_a_pause_between_words_belongs_to_neither() -> None:
    assert times("a b", ("a", 0, 0), ("", 0, 0), ("b", 2, 1)) == [("a", 0.0, 0.1), ("b", 0.2, 0.3)]


def test_merged_words_share_their_phones() -> None:
    merged = (("ɔ", 0, 0), ("n", 0, 0), ("ð", 0, 0), ("ə", 0, 0))
    assert times("on the", *merged) == [("on", 0.0, 0.2), ("the", 0.2, 0.4)]


def test_words_at_the_same_position_are_told_apart_by_their_count() -> None:
    both = (("a", 0, 0), ("b", 0, 0), ("k", 0, 0), ("d", 0, 1))
    assert times("ab cd", *both) == [("ab", 0.0, 0.3), ("cd", 0.3, 0.4)]


def test_more_words_than_phones_share_one_sound() -> None:
    found = times("a b c", ("a", 0, 0))
    assert [text for text, _, _ in found] == ["a", "b", "c"]
    assert found[0][1] == 0.0
    assert found[-1][2] == 0.1


def test_words_before_the_first_sound_share_it() -> None:
    assert [text for text, _, _ in times("a b", ("b", 2, 0), ("k", 2, 0))] == ["a", "b"]


def test_a_symbol_nobody_says_has_no_time() -> None:
    assert [text for text, _, _ in times("a ★", ("a", 0, 0))] == ["a"]


@given(
    st.text(alphabet="ab 1$.,。我", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=12),
)
def test_any_placement_gives_ordered_words_for_all_word_like_tokens(text: str, places: list[tuple[int, int]]) -> None:
    placed = phones(*(("a", position, word) for position, word in sorted(places)))
    words = time_words(text, placed)
    if placed:
        wanted = [(t.start, t.end) for t in tokens(text) if is_wordlike(text[t.start : t.end])]
        assert set(wanted) <= {(w.start_char, w.end_char) for w in words}
    ends = [0.0] + [word.end_s for word in words]
    assert all(word.start_s >= before - 1e-9 for word, before in zip(words, ends, strict=False))
