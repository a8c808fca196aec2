"""A passage in, its sentences by number out: read on when needed, kept for going back."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from narrator.errors import NarratorError
from narrator.flow import Passage, Sentence

KEPT = 20_000
"""Sentences kept for going back: about 1,000 pages, some 10 MB."""


LONGEST_REST_S = 0.1
"""Between two sentences read ahead, however long one took."""


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

    def read_from(self, index: int) -> Iterator[Sentence]:
        """The sentences from that number on."""
        while (sentence := self.at(index)) is not None:
            yield sentence
            index += 1

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
