"""SSML becomes text and marks; what is malformed is read, never refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.screen_reader.ssml import Mark, read_ssml


def test_marks_keep_their_place_in_the_text() -> None:
    read = read_ssml("<speak>\n  One <mark name=\"a\"/>two &amp; <mark name='b&quot;'/>three</speak>")
    assert read.text == "One two & three"
    assert read.marks == (Mark("a", 4), Mark('b"', 10))


def test_paragraphs_and_breaks_end_a_sentence() -> None:
    assert read_ssml("<speak><p>One</p><p>two</p><break time='1s'/>three</speak>").text.split("\n") == [
        "One",
        "two",
        "three",
    ]


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
    assert read_ssml(malformed).text == text


@given(st.text(alphabet="<>/&;\"'= markspn\n\t.", max_size=200))
def test_marks_lie_in_the_text_and_in_order(message: str) -> None:
    read = read_ssml(message)
    places = [mark.place for mark in read.marks]
    assert places == sorted(places)
    assert all(0 <= place <= len(read.text) for place in places)
