"""Two neighbouring lines of one paragraph in; one text out, their hyphen dropped or kept.

Evidence for keeping a hyphen is the document itself: the words it has shown elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from readers.pdf_direction import is_cjk

MAX_WORDS = 60_000
"""A novel uses 10,000 to 20,000 different words; the cap keeps memory flat over huge documents."""

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2019'][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W_]+(?:[-\u2010\u2019'][^\W_]+)*)[-\u2010\u00ad]$")
_HEAD = re.compile(r"^([^\W_]+)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_OPEN_DASH = re.compile(r"(?<=\S)[\u2014/]$|(?<=\d)\u2013$")

# Words after which a break is hardly ever a compound's hyphen, and words that mostly lead hyphenated compounds.
_JOINING = frozenset(
    re.findall(
        r"\w+",
        "with under over some any every there where here how in on out up after before fore hand house work data time "
        "through never mean what who when him her it them your our my so al more further not an per pre pro re un dis "
        "inter trans sub super con com de ex",
    )
)
_COMPOUND = frozenset(
    re.findall(
        r"\w+",
        "well self ill half high low long short two three four five six seven eight nine ten first second third cross "
        "non large small open real hard full best better much single double multi",
    )
)
_SUSPENDED = frozenset(re.findall(r"\w+", "and or to und oder bis bzw et ou y o e en of och og eller"))


class WordList:
    """The words a document has shown whole."""

    def __init__(self) -> None:
        self._words: set[str] = set()

    def add_line(self, text: str) -> None:
        """Learns the words of a line, except those a line break may have cut."""
        if len(self._words) >= MAX_WORDS:
            return
        words = [match.group().casefold().replace("\u2010", "-") for match in _WORD.finditer(text)]
        cut_end = len(words) - 1 if text.endswith(("-", "\u2010", "\u00ad")) else len(words)
        self._words.update(words[1:cut_end])
        if words and (words[0][0] == text[:1]) and text[:1].isupper():
            self._words.add(words[0])

    def joined(self, lines: Iterable[str]) -> str:
        """Lines of one paragraph as one text."""
        text = ""
        for line in lines:
            text = join_lines(text, line, self)
        return text

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._words


def join_lines(left: str, right: str, words: WordList) -> str:
    """The two lines as one text."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left or right
    if left.endswith("\u00ad"):
        return left[:-1] + right
    tail, head = _TAIL.search(left), _HEAD.match(right)
    if tail and head:
        return _join_hyphen(left, right, tail.group(1), head.group(1), words)
    if is_cjk(left[-1]) and is_cjk(right[0]):
        return left + right
    if _OPEN_DASH.search(left) and not left.endswith("//"):
        return left + right
    return f"{left} {right}"


def _join_hyphen(left: str, right: str, before: str, after: str, words: WordList) -> str:
    if after.casefold() in _SUSPENDED and len(right) > len(after) and right[len(after)].isspace():
        return f"{left} {right}"
    if not after[0].islower() or before[-1].isdigit() or _ADDRESS.search(left):
        return left + right
    if _keeps_hyphen(before, after, words):
        return left + right
    return left[:-1] + right


def _keeps_hyphen(before: str, after: str, words: WordList) -> bool:
    last = before.replace("\u2010", "-").split("-")[-1]
    if last + after in words:
        return False
    if f"{before}-{after}" in words or f"{last}-{after}" in words:
        return True
    if last.casefold() in _JOINING:
        return False
    if before.casefold() in _COMPOUND or "-" in before:
        return True
    is_whole_before = len(last) > 2 and last in words
    is_whole_after = len(after) > 3 and after in words
    return is_whole_before and is_whole_after
