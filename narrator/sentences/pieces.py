"""A sentence in, pieces short enough for one breath out, cut where a reader would pause."""

from __future__ import annotations

import re

LONGEST_PIECE = 200
"""Characters of an alphabet: at 130 wpm some 18 s, synthesised in some 90 ms."""
_SHORTEST_PIECE = 40
"""No fragment shorter than this is cut off while another place will do."""
_WIDE_WEIGHT = 3
"""A Han character, kana or Hangul syllable is said about as long as three letters."""

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_BREAKS = (
    re.compile(r"(?<=[;:；：؛])(?=\s|[^\x00-\x7f])|\s(?=[–—]\s)|(?<=—)"),
    re.compile(r"(?<=[,，、،)）])(?=\s|[^\x00-\x7f])"),
    re.compile(r"\s"),
    re.compile(r"(?<=[^\W\d_])(?=[\u2e80-\u9fff\uac00-\ud7af])|(?<=[/\-_?&=])"),
)


def spoken_length(text: str) -> int:
    """Length in letters of an alphabet, so that one limit serves all scripts."""
    return len(text) + (_WIDE_WEIGHT - 1) * len(_WIDE.findall(text))


def split_long(sentence: str, longest: int = LONGEST_PIECE) -> list[str]:
    """The sentence itself when it is short enough; else pieces of at most `longest` spoken characters."""
    pieces, start = [], 0
    while True:
        # Each character weighs at least one, so this is all that the next cut depends on; a text may be megabytes long.
        near = sentence[start : start + longest + 1]
        if spoken_length(near) <= longest:
            break
        cut = _cut(near, longest)
        if head := near[:cut].strip():
            pieces.append(head)
        start += cut
        while start < len(sentence) and sentence[start].isspace():
            start += 1
    if start < len(sentence) or not pieces:
        pieces.append(sentence[start:])
    return pieces


def _cut(text: str, longest: int) -> int:
    reach = _reach(text, longest)
    for pattern in _BREAKS:
        places = [match.start() for match in pattern.finditer(text, 0, reach + 1) if match.start() >= 1]
        if good := [place for place in places if spoken_length(text[:place]) >= _SHORTEST_PIECE]:
            return good[-1]
    return reach


def _reach(text: str, longest: int) -> int:
    """How many characters weigh at most `longest`; at least one."""
    weight = 0
    for index, character in enumerate(text):
        weight += _WIDE_WEIGHT if _WIDE.match(character) else 1
        if weight > longest:
            return max(index, 1)
    return len(text)
