"""Raw text with every kind of debris in; what a person should hear out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readers.cleanup import clean_code, clean_text


@pytest.mark.parametrize(
    ("raw", "spoken"),
    [
        ("  two\u00a0 words\n\there ", "two words here"),
        ("e\ufb03cient \ufb01re \ufb02oor", "efficient fire floor"),
        ("exam\u00adple and hy\u00ad\n  phen", "example and hyphen"),
        ("zero\u200bwidth\ufeff \u200etext", "zerowidth text"),
        ("The city[1][2] grew.[note 3] It[a] shrank.[4, 5]", "The city grew. It shrank."),
        ("It was shown [12]. In [13] we show more [1-3, 7].", "It was shown. In [13] we show more."),
        ("Some say so.[citation needed] History[edit]", "Some say so. History"),
        ("m\u00b2, \u00bd cup, 5 \u2103", "m\u00b2, \u00bd cup, 5 \u2103"),
        ("argv\u2063[1] is the name", "argv[1] is the name"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("icon \ue001 font \ud800 lone", "icon font lone"),
        ("[Music] plays, [sic] he said", "[Music] plays, [sic] he said"),
        ("", ""),
    ],
)
def test_debris_goes_and_words_stay(raw: str, spoken: str) -> None:
    assert clean_text(raw) == spoken


@given(st.text(alphabet=st.characters(), max_size=300))
def test_cleaning_twice_changes_nothing_for_spaces_and_invisible_characters(raw: str) -> None:
    once = clean_text(raw)
    assert once == " ".join(once.split())
    assert "\u00ad" not in once
    assert "\u200b" not in once
    once.encode("utf-8")


@given(st.text(alphabet="abc \n[]1,;-\u00ad", max_size=200))
def test_letters_are_never_lost(raw: str) -> None:
    kept = clean_text(raw)
    assert kept.count("c") <= raw.count("c")
    assert sum(map(kept.count, "ab")) >= sum(map(raw.count, "ab")) - raw.count("[") * 1


@pytest.mark.parametrize("piece", ["[1", "[1,", "a [1] ", " ", "\u00ad ", "[citation needed", "[1][2", "\u00ad\t\t\t"])
def test_time_is_linear_in_length(piece: str) -> None:
    started = time.thread_time()
    clean_text(piece * (500_000 // len(piece)))
    assert time.thread_time() - started < 2.0


def test_code_keeps_its_lines_and_brackets() -> None:
    assert clean_code("\nfor x in a[1]:\r\n\tprint(x)  \n") == "for x in a[1]:\n    print(x)"
