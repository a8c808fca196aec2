"""Messages become sentences with their marks; keys and characters are named."""

from __future__ import annotations

import time

import pytest

from narrator.screen_reader.manner import Manner
from narrator.screen_reader.ssml import Mark
from narrator.screen_reader.wording import Kind, Message, Piece, pieces


def said(kind: Kind, body: str, manner: Manner = Manner()) -> list[Piece]:  # noqa: B008 - it is frozen
    return list(pieces(Message(kind, body, manner)))


def test_a_text_is_said_sentence_by_sentence_each_with_its_marks() -> None:
    body = '<speak><mark name="0"/>One two. <mark name="1"/>Three <mark name="2"/>four.<mark name="3"/></speak>'
    assert said(Kind.TEXT, body) == [
        Piece("One two.", (Mark("0", 0),)),
        Piece("Three four.", (Mark("1", 0), Mark("2", 6), Mark("3", 11))),
    ]


def test_marks_without_a_text_are_reported_all_the_same() -> None:
    assert said(Kind.TEXT, '<speak><mark name="a"/> <mark name="b"/></speak>') == [
        Piece("", (Mark("a", 0), Mark("b", 0)))
    ]


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        (Kind.CHARACTER, "m", "m"),
        (Kind.CHARACTER, "space", "space"),
        (Kind.CHARACTER, ",", "comma"),
        (Kind.CHARACTER, " ", "space"),
        (Kind.CHARACTER, "\n", "new line"),
        (Kind.KEY, "shift_a", "shift a"),
        (Kind.KEY, "control_/", "control solidus"),
        (Kind.SOUND_ICON, "message_new", "message new"),
    ],
)
def test_keys_and_characters_are_named(kind: Kind, body: str, text: str) -> None:
    assert [piece.text for piece in said(kind, body)] == [text]


def test_nothing_to_say_is_nothing() -> None:
    assert said(Kind.TEXT, "<speak> </speak>") == []
    assert said(Kind.KEY, "") == []


def test_a_spelled_text_is_its_letters_and_the_marks_follow() -> None:
    body = '<speak>ab <mark name="x"/>c</speak>'
    (piece,) = said(Kind.TEXT, body, Manner(spells=True))
    assert piece == Piece("a, b, c, ", (Mark("x", 6),))


@pytest.mark.parametrize(
    ("mode", "text"), [("some", "a + b, c"), ("most", "a + b, c"), ("all", "a + b comma, c"), ("none", "a + b, c")]
)
def test_punctuation_is_named_as_far_as_it_is_asked_for(mode: str, text: str) -> None:
    (piece,) = said(Kind.TEXT, "a + b, c", Manner(punctuation=mode))
    expected = text if mode == "none" else text.replace("+", "plus sign")
    assert " ".join(piece.text.split()) == expected


def test_a_mark_between_two_paragraphs_is_told_when_the_second_one_begins() -> None:
    body = '<speak><p>One.</p> <mark name="a"/> <p>Two.</p> <mark name="b"/></speak>'
    assert said(Kind.TEXT, body) == [Piece("One.", ()), Piece("Two.", (Mark("a", 0),)), Piece("", (Mark("b", 0),))]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("manner", [Manner(), Manner(spells=True), Manner(punctuation="all")])
def test_whatever_is_said_is_said_in_breaths(kind: Kind, manner: Manner) -> None:
    found = said(kind, "!?" * 500 + "word " * 500, manner)
    assert 1 < max(len(piece.text) for piece in found) < 1000
    if kind is Kind.TEXT:
        assert "".join(piece.text for piece in found).count("word") == 500 or manner.spells


def test_twenty_thousand_marks_take_no_longer_than_their_text() -> None:
    began_s = time.process_time()
    assert sum(len(piece.marks) for piece in said(Kind.TEXT, 'Hi. <mark name="m"/>' * 20_000)) == 20_000
    assert time.process_time() - began_s < 10.0
