"""Sentences end where a reader of the language would say they end."""

from __future__ import annotations

import pytest

from narrator.sentences.abbreviations import base_of, never_end, starters
from narrator.sentences.boundaries import split_sentences
from tests.narrator.sentences.sentence_cases import CASES

TEN_LANGUAGES = ("zh", "es", "en", "hi", "pt", "bn", "ru", "ja", "de", "fr", "ar")


@pytest.mark.parametrize(
    ("language", "marked"), [(language, case) for language, cases in CASES.items() for case in cases]
)
def test_sentences_end_where_a_reader_ends_them(language: str, marked: str) -> None:
    expected = [part.strip() for part in marked.replace("\n\n", "|\n\n").split("|")]
    assert list(split_sentences(marked.replace("|", ""), language)) == expected


@pytest.mark.parametrize("language", TEN_LANGUAGES)
def test_the_biggest_languages_have_cases(language: str) -> None:
    assert len(CASES[language]) >= 3


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert list(split_sentences(text, "en")) == []


@pytest.mark.parametrize("text", ["...", "?!", "(", "。", "1."])
def test_lone_marks_are_kept(text: str) -> None:
    assert list(split_sentences(text, "en")) == [text]


def test_a_region_does_not_change_the_rules() -> None:
    assert base_of("en-GB") == "en"
    assert list(split_sentences("Dr. Who came. He left.", "en-GB")) == ["Dr. Who came.", "He left."]


def test_no_abbreviation_that_never_ends_is_also_a_sentence_opener() -> None:
    # "M." (Monsieur) and "s." are letters; a whole word in both tables would be a mistake in one of them.
    for language in CASES:
        assert not {word for word in never_end(language) & starters(language) if len(word) > 2}


def test_a_megabyte_of_full_stops_is_split_in_time() -> None:
    assert sum(1 for _ in split_sentences("A b c. " * 20_000, "en")) == 20_000
