"""SSML becomes text and marks; what is malformed is read, never refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.screen_reader.ssml import LONGEST, MOST_MARKS, Mark, Marked, read_ssml


def test_marks_keep_their_place_in_the_text() -> None:
    (read,) = read_ssml("<speak>\n  One <mark name=\"a\"/>two &amp; <mark name='b&quot;'/>three</speak>")
    assert read.text == "One two & three"
    assert read.marks == (Mark("a", 4), Mark('b"', 10))


def test_paragraphs_and_breaks_end_a_sentence() -> None:
    read = read_ssml("<speak><p>One</p><p>two</p><break time='1s'/><mark name='a'/>three</speak>")
    assert list(read) == [Marked("One", ()), Marked("two", ()), Marked("three", (Mark("a", 0),))]


@pytest.mark.parametrize(
    ("malformed", "text"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("<speak>never closed <b>bold", "never closed bold"),
        ("</speak>closed twice</speak>", "closed twice"),
        ("<mark/>no name", "no name"),
        ("<" * 5000, "<" * 5000),
        ("&nosuch; &#x110000; &lt;tag&gt;", "&nosuch; \ufffd <tag>"),
        ("", ""),
    ],
)
def test_malformed_ssml_is_read_as_well_as_it_can_be(malformed: str, text: str) -> None:
    assert "".join(read.text for read in read_ssml(malformed)) == text


@pytest.mark.parametrize("begins", ["word and another. ", "a", "a\n", "<", "<a", "&amp", '<mark name="m"/>', "<p>x"])
def test_the_beginning_of_megabytes_is_there_at_once(begins: str) -> None:
    began_s = time.process_time()
    first = next(read_ssml(begins * (3_000_000 // len(begins))))
    assert len(first.text) <= 2 * LONGEST
    assert len(first.marks) <= MOST_MARKS
    assert time.process_time() - began_s < 0.5


def test_a_long_text_is_cut_between_words_and_loses_none() -> None:
    read = list(read_ssml("<speak>" + "word " * 10_000 + "</speak>"))
    assert len(read) > 5
    assert " ".join(" ".join(one.text for one in read).split()) == " ".join(["word"] * 10_000)


@given(st.text(alphabet="<>/&;\"'= markspn\n\t.", max_size=200))
def test_marks_lie_in_the_text_and_in_order(message: str) -> None:
    for read in read_ssml(message):
        places = [mark.place for mark in read.marks]
        assert places == sorted(places)
        assert all(0 <= place <= len(read.text) for place in places)
