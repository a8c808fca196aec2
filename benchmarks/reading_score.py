"""Expected and extracted text in; token F1 and the number of blocks out of order out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass

_TOKEN = re.compile(r"\w+")
_ANCHOR_TOKENS = 5  # words in a row by which an expected block is found again
_LOCATABLE_TOKENS_MIN = 3  # shorter blocks occur anywhere


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """How close a reading is to what a person would want read."""

    precision: float
    recall: float
    order_errors: int
    """Expected blocks that appear, but out of order."""

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def tokens_of(text: str) -> list[str]:
    """Runs of word characters, case folded."""
    return _TOKEN.findall(text.casefold())


def score_reading(expected: list[str], extracted: list[str]) -> ReadingScore:
    """Both as blocks in reading order."""
    wanted = Counter(token for block in expected for token in tokens_of(block))
    came = Counter(token for block in extracted for token in tokens_of(block))
    common = sum((wanted & came).values())
    precision = common / came.total() if came.total() else 0.0
    recall = common / wanted.total() if wanted.total() else 0.0
    return ReadingScore(precision, recall, order_errors(expected, extracted))


def order_errors(expected: list[str], extracted: list[str]) -> int:
    """Expected blocks that would have to move: those outside the longest rising run of their places."""
    places = [place for place in _places(expected, extracted) if place >= 0]
    return len(places) - _longest_rising(places)


def _places(expected: list[str], extracted: list[str]) -> list[int]:
    """Where each expected block begins in the extracted words; -1 for blocks that are too short or absent."""
    stream = [token for block in extracted for token in tokens_of(block)]
    anchors: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for length in range(_LOCATABLE_TOKENS_MIN, _ANCHOR_TOKENS + 1):
        for start in range(len(stream) - length + 1):
            anchors[tuple(stream[start : start + length])].append(start)
    places: list[int] = []
    reached = 0
    for block in expected:
        place = _place_of(tokens_of(block), anchors, reached)
        places.append(place)
        reached = max(reached, place)
    return places


def _place_of(tokens: list[str], anchors: dict[tuple[str, ...], list[int]], reached: int) -> int:
    length = min(_ANCHOR_TOKENS, len(tokens))
    if length < _LOCATABLE_TOKENS_MIN:
        return -1
    for offset in range(len(tokens) - length + 1):
        starts = anchors.get(tuple(tokens[offset : offset + length]))
        if starts:
            after = bisect_left(starts, reached)
            return starts[after] if after < len(starts) else starts[-1]
    return -1


def _longest_rising(places: list[int]) -> int:
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)
