"""A message's SSML in, its text and index marks out; whatever is malformed is read as text or left out.

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
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """An index mark, which is reported when the sound has come so far."""

    name: str
    place: int
    """Character of the text it stands before."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a message says."""

    text: str
    """White space is one space, or a line break where a sentence has to end."""
    marks: tuple[Mark, ...]
    """In order."""


def read_ssml(message: str) -> Marked:
    """Accepts anything."""
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for is_tag, piece in _pieces(message):
        if not is_tag:
            said = _WHITE.sub(" ", html.unescape(piece))
            if said.startswith(" ") and (not parts or parts[-1][-1:].isspace()):
                said = said[1:]
        elif (name := _tag_name(piece)) == "mark":
            marks.append(Mark(_attribute(piece, "name"), length))
            continue
        else:
            said = "\n" if name in _BREAKS and length and parts[-1] != "\n" else ""
        if said:
            parts.append(said)
            length += len(said)
    return Marked("".join(parts), tuple(marks))


def _pieces(message: str) -> Iterator[tuple[bool, str]]:
    """(whether it is a tag, what is in it or the text) in order."""
    at = 0
    while (opening := message.find("<", at)) >= 0:
        closing = message.find(">", opening, opening + LONGEST_TAG)
        if closing < 0 or not _OPENS_A_TAG.match(message, opening + 1):
            yield False, message[at : opening + 1]
            at = opening + 1
            continue
        if opening > at:
            yield False, message[at:opening]
        yield True, message[opening + 1 : closing]
        at = closing + 1
    if at < len(message):
        yield False, message[at:]


def _tag_name(tag: str) -> str:
    words = tag.strip("/ \t\n").split(None, 1)
    return words[0].rpartition(":")[2].lower() if words else ""


def _attribute(tag: str, wanted: str) -> str:
    for name, double, single in _ATTRIBUTE.findall(tag):
        if name == wanted:
            return html.unescape(double or single)
    return ""
