"""A sentence's text and its placed phones in, one timed Word for every word-like token out.

A token is what stands between spaces without its outer punctuation; scripts written without spaces are cut by
character. espeak merges function words ("on the" is one event): such tokens share the time of the token they were
merged with, in proportion to their letters, on phone boundaries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from narrator.flow import Word
from narrator.speech.espeak_timing import PlacedPhone

_UNSPACED = re.compile(
    r"[\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff々〆][\u3041-\u309f]*"  # a Han character with its okurigana
    r"|[\u3041-\u309f]+|[\u30a0-\u30ff]+"  # kana runs
)
_CHUNK = re.compile(r"\S+")
_SPOKEN_SYMBOLS = frozenset("%°#@&+=")


@dataclass(slots=True)
class Token:
    """A stretch of the text that is a word on its own."""

    start: int
    end: int
    phones: list[PlacedPhone] = field(default_factory=list)


def tokens(text: str) -> list[Token]:
    """Every word-like token: at least one letter, digit or symbol."""
    found = []
    for chunk in _CHUNK.finditer(text):
        for start, end in _pieces(chunk.group()):
            while start < end and not _is_spoken(chunk.group()[start]):
                start += 1
            while end > start and not _is_spoken(chunk.group()[end - 1]):
                end -= 1
            if end > start:
                found.append(Token(chunk.start() + start, chunk.start() + end))
    return found


def _pieces(chunk: str) -> list[tuple[int, int]]:
    pieces, at = [], 0
    for match in _UNSPACED.finditer(chunk):
        if match.start() > at:
            pieces.append((at, match.start()))
        pieces.append(match.span())
        at = match.end()
    if at < len(chunk):
        pieces.append((at, len(chunk)))
    return pieces


def _is_spoken(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMNS" or character in _SPOKEN_SYMBOLS


def is_wordlike(text: str) -> bool:
    """True when a text has a letter or digit: such a token must be heard and marked."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def time_words(text: str, placed: Sequence[PlacedPhone]) -> tuple[Word, ...]:
    """The words in order; times lie on phone boundaries and do not overlap."""
    found = tokens(text)
    if not found:
        return ()
    _hand_out(found, placed)
    return tuple(
        Word(text[start:end], start_s, end_s - start_s, start, end)
        for start, end, start_s, end_s in _spans(text, found)
    )


def _hand_out(found: list[Token], placed: Sequence[PlacedPhone]) -> None:
    current = 0
    for item in placed:
        if not item.phone.ipa:
            continue
        while current + 1 < len(found) and found[current + 1].start <= item.position:
            current += 1
        found[current].phones.append(item)


def _spans(text: str, found: list[Token]) -> list[tuple[int, int, float, float]]:
    spans: list[tuple[int, int, float, float]] = []
    at = 0
    while at < len(found):
        stop = at + 1
        while stop < len(found) and (not found[stop].phones or not any(token.phones for token in found[at:stop])):
            stop += 1  # silent tokens join the spoken one before them; leading ones join the one after
        phones = [item for token in found[at:stop] for item in token.phones]
        group = [token for token in found[at:stop] if token.phones or is_wordlike(text[token.start : token.end])]
        spans.extend(_share(group, phones))
        at = stop
    return spans


def _share(group: list[Token], items: list[PlacedPhone]) -> list[tuple[int, int, float, float]]:
    if not items or not group:
        return []
    letters = [token.end - token.start for token in group]
    total, so_far = sum(letters), 0
    edges = [items[0].phone.start_s]
    for done, count in enumerate(letters[:-1], 1):
        so_far += count
        edges.append(_edge(items, so_far / total, done, len(group)))
    edges.append(items[-1].phone.end_s)
    return [(token.start, token.end, edges[i], edges[i + 1]) for i, token in enumerate(group)]


def _edge(items: list[PlacedPhone], share: float, done: int, parts: int) -> float:
    """Where the first `done` of `parts` tokens end: at one of espeak's own words if it has as many, else by letters."""
    changes = [after for before, after in zip(items, items[1:], strict=False) if after.word != before.word]
    if len(changes) == parts - 1:
        return changes[done - 1].phone.start_s
    if len(items) < parts:  # fewer sounds than words: cut inside a sound
        return items[0].phone.start_s + share * (items[-1].phone.end_s - items[0].phone.start_s)
    place = min(max(round(share * len(items)), done), len(items) - (parts - done))
    return items[place].phone.start_s
