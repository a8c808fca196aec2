"""A message of any kind in, the pieces that are said in one breath each, with their index marks, out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from narrator.screen_reader.manner import Manner
from narrator.screen_reader.ssml import Mark, read_ssml


class Kind(StrEnum):
    """What Speech Dispatcher asks for."""

    TEXT = "SPEAK"
    CHARACTER = "CHAR"
    KEY = "KEY"
    SOUND_ICON = "SOUND_ICON"


@dataclass(frozen=True, slots=True)
class Message:
    """One request to speak."""

    kind: Kind
    body: str
    manner: Manner


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said in one breath."""

    text: str
    marks: tuple[Mark, ...]
    """Their places counted in the text, both ends included."""


SERVERS_OWN = "__spd_"
"""How the names of the marks begin that the server puts behind each sentence, to go on from there after a pause."""
CONTROLS = {"\n": "new line", "\r": "return", "\t": "tab", "\x1b": "escape", "\x08": "backspace", "\x7f": "delete"}
SOME = "@#$%&*+=<>/\\^~|"
"""Marks named where "some" are to be; "most" adds all but those that shape a sentence."""
LONGEST_WORDED = 24
"""Signs in one breath where they are spelled or named: each is said as long as a word."""
SHAPING = ".,;:!?'\"-"


def pieces(message: Message) -> Iterator[Piece]:
    """In order; none where there is nothing to say and no mark to report."""
    if message.kind is Kind.TEXT:
        yield from _text_pieces(message)
        return
    from narrator.sentences.pieces import split_long

    body = message.body.strip("\n") or message.body[:1]
    if message.kind is Kind.CHARACTER:
        said = body if len(body) > 1 else name_of(body)
    else:
        said = " ".join(name_of(part) if len(part) == 1 else part for part in body.replace("_", " ").split())
    if said.strip():
        yield from (Piece(part, ()) for part in split_long(said.strip()))


def name_of(character: str) -> str:
    """What a single character is called; a letter or figure is what it is."""
    if character in CONTROLS or not character:
        return CONTROLS.get(character, "")
    if unicodedata.category(character)[0] in "LN":
        return character
    return unicodedata.name(character, "").lower()


def _text_pieces(message: Message) -> Iterator[Piece]:
    from narrator.sentences.boundaries import split_sentences

    waiting: list[Mark] = []
    for marked in read_ssml(message.body):
        text, end = marked.text, 0
        marks = [*(Mark(mark.name, 0) for mark in waiting), *marked.marks]
        for sentence in split_sentences(text, message.manner.language):
            for part in _short_enough(sentence, message.manner):
                begin = text.index(part, end)
                end = begin + len(part)
                told = next((number for number, mark in enumerate(marks) if mark.place > end), len(marks))
                here = tuple(Mark(mark.name, max(0, mark.place - begin)) for mark in marks[:told])
                yield _as_wished(Piece(part, here), message.manner)
                del marks[:told]
        waiting = marks
    if waiting:
        yield Piece("", tuple(Mark(mark.name, 0) for mark in waiting))


def _short_enough(sentence: str, manner: Manner) -> Iterator[str]:
    """What is said in one breath, even where each of its signs becomes a word."""
    from narrator.sentences.pieces import LONGEST_PIECE, split_long

    for part in split_long(sentence):
        worded = len(_as_wished(Piece(part, ()), manner).text)
        yield from [part] if worded <= 2 * LONGEST_PIECE else split_long(part, LONGEST_WORDED)


def _as_wished(piece: Piece, manner: Manner) -> Piece:
    """Spelled, or with its punctuation named; the marks follow."""
    if not manner.spells and manner.punctuation in ("none", ""):
        return piece
    parts = [_worded(character, manner) for character in piece.text]
    moved = list(accumulate(map(len, parts), initial=0))
    return Piece(
        "".join(parts), tuple(Mark(mark.name, moved[min(mark.place, len(piece.text))]) for mark in piece.marks)
    )


def _worded(character: str, manner: Manner) -> str:
    if manner.spells:
        return "" if character == " " else f"{name_of(character)}, "
    if character.isalnum() or character.isspace():
        return character
    is_named = manner.punctuation == "all" or (
        character in SOME if manner.punctuation == "some" else character not in SHAPING
    )
    return f" {name_of(character)}{character if character in '.,;:!?' else ''} " if is_named else character
