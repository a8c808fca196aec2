"""A passage in, its sentences by number out: read on when needed, kept for going back."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from narrator.errors import NarratorError
from narrator.flow import BlockKind, Passage, Sentence

KEPT = 20_000
"""Sentences kept for going back: about 1,000 pages, some 10 MB."""
LONGEST_REST_S = 0.1
"""Between two sentences read ahead, however long one took."""


class Unit(StrEnum):
    """What one may go forward or back by."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    """Any block: a paragraph, a heading, a list item, a table row."""
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of an outline."""

    text: str
    level: int
    """1..6; 1 where the document does not say."""
    sentence: int | None
    """Where it begins; None where the document was not read that far."""


class Script:
    """The sentences of one passage. Any thread may ask."""

    def __init__(self, passage: Passage, split: Callable[[Passage], Iterable[Sentence]]) -> None:
        self.passage = passage
        self._unread = iter(split(passage))
        self._kept: deque[Sentence] = deque()
        self._first = 0
        self._lock = threading.Lock()
        self._ended = False
        self._fault: NarratorError | None = None
        self._chars_before = [0]

    def at(self, index: int) -> Sentence | None:
        """The sentence of that number, read on to where necessary; None past the end.

        A number so far back that its sentence was forgotten gives the earliest one that is kept.
        Raises what the reader raised in that place.
        """
        while True:
            with self._lock:
                if index < self._first + len(self._kept):
                    return self._kept[max(0, index - self._first)]
                if not self._read_one(index):
                    if self._fault is not None:
                        raise self._fault
                    return None

    def reaches(self, index: int, kept_from: int, is_cancelled: Callable[[], bool]) -> bool:
        """Whether there is a sentence of that number; reads on, but forgets nothing from kept_from on."""
        while not is_cancelled():
            with self._lock:
                if index < self._first + len(self._kept):
                    return True
                if not self._read_one(kept_from):
                    return False
        return False

    def read_from(self, index: int) -> Iterator[Sentence]:
        """The sentences from that number on."""
        while (sentence := self.at(index)) is not None:
            yield sentence
            index += 1

    def find(self, index: int, unit: Unit, by: int, is_cancelled: Callable[[], bool] = lambda: False) -> int | None:
        """Where the next unit after that sentence begins (by > 0), or the last one before it; None where there is none.

        So one step back from the middle of a paragraph leads to its beginning. Reads on as far as needed.
        """
        step = 1 if by > 0 else -1
        at = index + step
        while at >= 0 and not is_cancelled() and (sentence := self.at(at)) is not None:
            if self._begins(sentence, at, unit):
                return at
            at += step
        return None

    def kept(self, first: int, count: int) -> list[tuple[int, Sentence]]:
        """(number, sentence) of those that are read and kept already, from first on."""
        with self._lock:
            begin = max(first, self._first)
            end = min(first + count, self._first + len(self._kept))
            return [(index, self._kept[index - self._first]) for index in range(begin, end)]

    def outline(self) -> tuple[Heading, ...]:
        """The document's own outline where it has one, else the headings that were read on to."""
        begins: dict[str, int] = {}
        read: list[Heading] = []
        before = None
        for index, sentence in self.kept(0, KEPT):
            if sentence.kind is BlockKind.HEADING and sentence.block_index != before:
                begins.setdefault(sentence.text, index)
                read.append(Heading(sentence.text, 1, index))
            before = sentence.block_index
        if not self.passage.outline:
            return tuple(read)
        return tuple(Heading(text, level, begins.get(text)) for level, text in self.passage.outline)

    def _begins(self, sentence: Sentence, at: int, unit: Unit) -> bool:
        if unit is Unit.SENTENCE or (unit is Unit.PARAGRAPH and at == 0):
            return True
        if unit is Unit.HEADING and sentence.kind is not BlockKind.HEADING:
            return False
        before = self.at(at - 1) if at > 0 else None
        return before is None or before.block_index != sentence.block_index

    def read_ahead(self, is_cancelled: Callable[[], bool]) -> None:
        """Reads to the end, so that the length is known, or until the memory allowed for it is full.

        It rests as long as it reads, so that it never takes more than half of Python's time from those who draw.
        What the reader raises on the way is kept for at(), which raises it in its place.
        """
        while not is_cancelled():
            began_s = time.perf_counter()
            with self._lock:
                if len(self._kept) >= KEPT or not self._read_one(self._first):
                    return
            time.sleep(min(LONGEST_REST_S, time.perf_counter() - began_s))

    @property
    def count(self) -> int:
        """How many sentences there are; 0 while that is not known."""
        return len(self._chars_before) - 1 if self._ended else 0

    def progress(self, index: int) -> float | None:
        """The share of the text that lies before that sentence, 0..1; None while its length is not known."""
        total = self._chars_before[-1]
        if not self._ended or total == 0:
            return None
        return self._chars_before[min(index, len(self._chars_before) - 1)] / total

    def _read_one(self, wanted: int) -> bool:
        """Appends one sentence, forgetting the oldest before the wanted one when there are too many."""
        if self._ended:
            return False
        try:
            sentence = next(self._unread, None)
        except NarratorError as fault:
            self._fault = fault
            sentence = None
        if sentence is None:
            self._ended = True
            return False
        self._kept.append(sentence)
        self._chars_before.append(self._chars_before[-1] + len(sentence.text))
        while len(self._kept) > KEPT and self._first < wanted:
            self._kept.popleft()
            self._first += 1
        return True
