"""A block's text in, its sentences out, every character kept: one rule for each way a full stop can mislead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrator.sentences.abbreviations import STARTERS, base_of, has_ordinals, may_end, never_end

_CLOSERS = "\"'”’»›)\\]}」』】〉》）］］｣”"
_OPENERS = "\"'“‘„‚«‹(\\[{「『【〈《（［¿¡-–—•*"
_CANDIDATE = re.compile(
    rf"(?P<wide>[。！？｡．]+[{_CLOSERS}]*)"  # East Asian: no space needed
    rf"|(?P<sure>[।॥؟۔։።፧။។‽]+[{_CLOSERS}]*)(?=\s|$|[^\W\d_])"
    rf"|(?P<stop>[.!?…]+[{_CLOSERS}]*)(?=\s|$)"
    r"|(?P<blank>\n\s*\n)"
)
_TOKEN_BEFORE = re.compile(r"\S+$")
_INITIAL = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}$")
_NUMBER = re.compile(r"^\d+$")
_ENUMERATOR = re.compile(r"^(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})$")
_ROMAN = re.compile(r"^[IVXLCDM]+$")


def split_sentences(text: str, language: str = "") -> Iterator[str]:
    """The sentences, stripped of outer white space. Joined, they hold every other character of the text in order."""
    base = base_of(language)
    start = 0
    for match in _CANDIDATE.finditer(text):
        if match.start() < start:
            continue
        if match.lastgroup == "stop" and not _ends_here(text, start, match, base):
            continue
        if match.lastgroup in ("wide", "sure") and _continues_quote(text, match.end()):
            continue
        if sentence := text[start : match.end()].strip():
            yield sentence
        start = match.end()
    if rest := text[start:].strip():
        yield rest


def _continues_quote(text: str, end: int) -> bool:
    """「はい。」と言った: the quotation is part of a longer sentence."""
    return end < len(text) and text[end - 1] in "」』”’" and text[end] in "とっは的，、,"


def _ends_here(text: str, start: int, match: re.Match[str], base: str) -> bool:
    mark, end = match.group(), match.end()
    following = text[end:].lstrip()
    if not following:
        return True
    opened = following.lstrip(_OPENERS_PLAIN)
    first = (opened or following)[0]
    if first.islower() or first in ",;:)":
        return False
    if mark[0] in "!?…" or mark.startswith(".."):
        return True
    if not mark.startswith("."):
        return True
    token = _token_before(text, start, match.start())
    return _full_stop_ends(token, text[start : match.start()], following, base, is_closed=len(mark) > 1)


_OPENERS_PLAIN = _OPENERS.replace("\\", "") + " "


def _token_before(text: str, start: int, end: int) -> str:
    found = _TOKEN_BEFORE.search(text, start, end)
    return found.group().lstrip(_OPENERS_PLAIN) if found else ""


def _full_stop_ends(token: str, sentence: str, following: str, base: str, *, is_closed: bool) -> bool:
    """Whether the full stop after the token ends the sentence; following starts with the next visible character."""
    if is_closed and not token.replace(".", "").isalpha():
        return True
    if (
        sentence.strip() == token
        and _ENUMERATOR.match(token)
        and not (token.isalpha() and len(token) > 1 and not _ROMAN.match(token.upper()))
    ):
        return False  # "1. First step": the number belongs to what follows
    if _NUMBER.match(token):
        return not (has_ordinals(base) and len(token) <= 2 and _first_word(following) not in STARTERS.get(base, ()))
    lowered = token.lower()
    if lowered in never_end(base) and not _is_common_word(token, lowered):
        return False
    starts_anew = _first_word(following) in STARTERS.get(base, frozenset())
    if lowered in may_end(base):
        return starts_anew or not following[0].isdigit()
    if _INITIAL.match(token) and token[0].isupper():
        return starts_anew and token != "I" if len(token) == 1 else starts_anew
    if "." in token and all(len(part) <= 2 for part in token.split(".")) and token.replace(".", "").isalpha():
        return starts_anew
    return True


def _is_common_word(token: str, lowered: str) -> bool:
    """ "no." and "mar." end sentences, "No." and "Mar." do not."""
    return lowered in _AMBIGUOUS and token.islower()


_AMBIGUOUS = frozenset(["no", "sat", "sun", "mar", "may", "art", "st", "al", "fig", "ed", "est", "def", "ch", "trans", "ref", "col", "gen", "rep", "mon"]) - {
    "al",
    "fig",
    "ed",
}


def _first_word(following: str) -> str:
    stripped = following.lstrip(_OPENERS_PLAIN)
    return stripped.split(None, 1)[0].rstrip(",.;:!?").lower() if stripped else ""
