"""A block's text in, its sentences out, every character kept: one rule for each misleading full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrator.sentences.abbreviations import (
    base_of,
    ends_before_starter,
    ends_unless_digit,
    has_ordinals,
    never_end,
    starters,
)

_CLOSERS = "\"'”’»›)]}」』】〉》）］｣"
_OPENERS = "\"'“‘„‚«‹([{「『【〈《（［¿¡-–—•* "
_CLOSING = rf"(?:[{re.escape(_CLOSERS)}]|[^\S\n]»)*"
_CANDIDATE = re.compile(
    rf"(?P<wide>[。！？｡．]+{_CLOSING})"  # East Asian: no space needed
    rf"|(?P<sure>[।॥؟۔։።፧။‽]+{_CLOSING})"  # these marks have no other use
    rf"|(?P<stop>[.!?…]+{_CLOSING})(?=\s|$)"
    r"|(?P<blank>\n[^\S\n]*\n)"
)
_LETTER_AND_STOP = re.compile(r"[^\W\d_]\.(?:\s|$|[^\W\d_]\.)")
_ENUMERATOR = re.compile(r"\d{1,3}|[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4}")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
_JAPANESE_QUOTING = "とっはが、，"
"""「はい。」と言った: what follows the quotation belongs to the same sentence."""


def split_sentences(text: str, language: str = "") -> Iterator[str]:
    """The sentences, stripped of outer white space. Joined, they hold every other character of the text in order."""
    base = base_of(language)
    start = 0
    for match in _CANDIDATE.finditer(text):
        if _ends_here(text, start, match, base):
            if sentence := text[start : match.end()].strip():
                yield sentence
            start = match.end()
    if rest := text[start:].strip():
        yield rest


def _ends_here(text: str, start: int, match: re.Match[str], base: str) -> bool:
    end = match.end()
    following = text[end : end + 80].lstrip()
    if match.lastgroup == "blank" or not following:
        return True
    if match.lastgroup in ("wide", "sure"):
        return not (text[end - 1] in _CLOSERS and following[0] in _JAPANESE_QUOTING)
    first = (following.lstrip(_OPENERS) or following)[0]
    if first.islower() or following[0] in ",;:)":
        return False
    mark = match.group()
    if mark[0] != "." or mark.startswith(".."):
        return True
    sentence = text[start : match.start()].strip()
    token = sentence.split()[-1].lstrip(_OPENERS) if sentence else ""
    if len(mark) > 1:  # closed by a quotation mark or bracket: only "(J.) Smith" and the like go on
        return len(token) > 1
    return _full_stop_ends(token, sentence, following, base)


def _full_stop_ends(token: str, sentence: str, following: str, base: str) -> bool:
    """Whether the full stop after the token ends the sentence; following is the text after it, a capital or digit."""
    if sentence == token and _ENUMERATOR.fullmatch(token):
        return False  # "1. First step": the number belongs to what follows
    word = token.lower()
    starts_anew = _first_word(following) in starters(base)
    if token.isdigit():
        is_counted = _last_word(sentence.removesuffix(token)) in ends_unless_digit(base)  # "Nr. 3."
        return starts_anew or is_counted or not (has_ordinals(base) and len(token) <= 2)  # "am 3. Mai"
    if word in never_end(base):
        return False
    if word in ends_unless_digit(base):
        return not following.lstrip("(").startswith(tuple("0123456789"))
    if word in ends_before_starter(base):
        return starts_anew
    if len(token) == 1 and token.isalpha():
        return _single_letter_ends(token, following, starts_anew=starts_anew)
    if _DOTTED.fullmatch(token):  # "U.S.S.R", "J.R"
        return starts_anew or token.islower()
    return True


def _single_letter_ends(token: str, following: str, *, starts_anew: bool) -> bool:
    """What a lone letter does: "J. Smith", "z. B.", "J. R. R. T." go on; "plan b. Next", "It was I. He" end."""
    if _LETTER_AND_STOP.match(following):
        return False
    return token.islower() or token == "I" or starts_anew


def _last_word(text: str) -> str:
    words = text.split()
    return words[-1].strip(".").lower() if words else ""


def _first_word(following: str) -> str:
    words = following.lstrip(_OPENERS).split(None, 1)
    return words[0].rstrip(",.;:!?").lower() if words else ""
