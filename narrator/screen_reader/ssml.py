"""A message's SSML in, its text and index marks out, bit by bit; whatever is malformed is read as text or left out.

Speech Dispatcher sends SSML whether the client did or not, escaping a plain text; a client's own may be anything.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OPENS_A_TAG = re.compile(r"[A-Za-z/!?]")
_BREAKS = ("p", "s", "break", "paragraph", "sentence")
"""Where one sentence ends, whatever its punctuation says."""
LONGEST_TAG = 1000
"""Characters; a "<" whose ">" is further away is a sign in a text."""
LONGEST = 5_000
"""Characters of a stretch, or a few more: a text that is longer is cut, between words where it has any."""
MOST_MARKS = 500
"""In a stretch."""
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """An index mark, which is reported when the sound has come so far."""

    name: str
    place: int
    """Character of the text it stands before."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of what a message says; its sentences end in it."""

    text: str
    """White space is one space."""
    marks: tuple[Mark, ...]
    """In order."""


def read_ssml(message: str) -> Iterator[Marked]:
    """Accepts anything. In order, and each when it is asked for: a message may be megabytes long."""
    text, marks = "", []
    for is_tag, piece in _pieces(message):
        if not is_tag:
            said = _WHITE.sub(" ", html.unescape(piece))
            text += said[1:] if said.startswith(" ") and (not text or text.endswith(" ")) else said
        elif (name := _tag_name(piece)) == "mark":
            marks.append(Mark(_attribute(piece, "name"), len(text)))
        if len(text) >= LONGEST or len(marks) >= MOST_MARKS or (is_tag and name in _BREAKS and text):
            yield Marked(text, tuple(marks))
            text, marks = "", []
    if text or marks:
        yield Marked(text, tuple(marks))


def _pieces(message: str) -> Iterator[tuple[bool, str]]:
    """(whether it is a tag, what is in it or the text) in order."""
    at = 0
    while (opening := message.find("<", at)) >= 0:
        closing = message.find(">", opening, opening + LONGEST_TAG)
        if closing < 0 or not _OPENS_A_TAG.match(message, opening + 1):
            yield from _texts(message, at, opening + 1)
            at = opening + 1
            continue
        yield from _texts(message, at, opening)
        yield True, message[opening + 1 : closing]
        at = closing + 1
    yield from _texts(message, at, len(message))


def _texts(message: str, begin: int, end: int) -> Iterator[tuple[bool, str]]:
    """That part of it, in parts of LONGEST."""
    while end - begin > LONGEST:
        space = message.rfind(" ", begin + 1, begin + LONGEST)
        cut = space if space > 0 else begin + LONGEST
        yield False, message[begin:cut]
        begin = cut
    if begin < end:
        yield False, message[begin:end]


def _tag_name(tag: str) -> str:
    words = tag.strip("/ \t\n").split(None, 1)
    return words[0].rpartition(":")[2].lower() if words else ""


def _attribute(tag: str, wanted: str) -> str:
    for name, double, single in _ATTRIBUTE.findall(tag):
        if name == wanted:
            return html.unescape(double or single)
    return ""
