"""What is read and how far in, a session's documents begun where they were left out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from narrator.flow import Sentence
from narrator.positions import Mark, Positions, places_to_look
from narrator.script import Script
from narrator.session_queue import Item
from narrator.session_state import Fault

SAVING_LIMIT_S = 2.0
"""How long the end of a session waits for a disk that hangs."""


class Places(Protocol):
    """Where documents were left, and where they are left now."""

    def recall(self, item: Item) -> None:
        """Finds out which document it is and where it was left. May read from disk; called before it is opened."""
        ...

    def note(self, item: Item, sentence: Sentence) -> None:
        """That sentence begins. Returns at once."""
        ...

    def forget(self, item: Item) -> None:
        """It was read to its end."""
        ...

    def close(self) -> None:
        """Returns once all is kept, or after SAVING_LIMIT_S."""
        ...


KeepPlaces = Callable[[Callable[[Fault], None]], Places]
"""Given whom to tell when a place cannot be kept, what keeps them."""


class NoPlaces:
    """The do-nothing twin: every document begins at its beginning, and nothing is kept."""

    def recall(self, item: Item) -> None:
        """Nothing is known of it."""

    def note(self, item: Item, sentence: Sentence) -> None:
        """It is not kept."""

    def forget(self, item: Item) -> None:
        """There is nothing to forget."""

    def close(self) -> None:
        """There is nothing to wait for."""


class KeptPlaces:
    """Places on disk, written by a thread of their own: a slow disk holds up no speech, a full one is told once."""

    def __init__(
        self,
        positions: Positions,
        identify: Callable[[str], tuple[str, ...]],
        report: Callable[[Fault], None],
        *,
        from_start: bool = False,
    ) -> None:
        """identify tells a document by the name it was given; from_start begins each at its beginning."""
        self._positions = positions
        self._identify = identify
        self._report = report
        self._from_start = from_start
        self._changed = threading.Condition()
        self._unsaved: dict[tuple[str, ...], Mark | None] = {}
        """The latest place of each document; None for one to forget."""
        self._is_saving = False
        self._saver: threading.Thread | None = None
        self._has_told = False

    def recall(self, item: Item) -> None:
        """Looks it up, unless it is to begin at its beginning."""
        item.identities = self._identify(item.name)
        if item.identities and not self._from_start:
            item.mark = self._positions.load(item.identities)

    def note(self, item: Item, sentence: Sentence) -> None:
        """The place to save next, instead of one that is not saved yet."""
        if item.identities:
            self._hand_over(item.identities, Mark(item.sentence, sentence.text, item.name))

    def forget(self, item: Item) -> None:
        """To be removed."""
        if item.identities:
            self._hand_over(item.identities, None)

    def close(self) -> None:
        """Waits for the disk."""
        with self._changed:
            self._changed.wait_for(lambda: not self._unsaved and not self._is_saving, SAVING_LIMIT_S)

    def _hand_over(self, identities: tuple[str, ...], mark: Mark | None) -> None:
        with self._changed:
            self._unsaved[identities] = mark
            if self._saver is None:
                self._saver = threading.Thread(target=self._save_all, name="narrator-places", daemon=True)
                self._saver.start()
            self._changed.notify_all()

    def _save_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._unsaved))
                identities, mark = self._unsaved.popitem()
                self._is_saving = True
            try:
                if mark is None:
                    self._positions.forget(identities)
                else:
                    self._positions.save(identities, mark.sentence, mark.text, mark.source)
            except OSError as failure:
                self._tell(failure)
            finally:
                with self._changed:
                    self._is_saving = False
                    self._changed.notify_all()

    def _tell(self, failure: OSError) -> None:
        if not self._has_told:
            self._has_told = True
            expected = f"to keep your place in {self._positions.folder}"
            came = failure.strerror or str(failure)
            self._report(Fault("places", "your place", f"expected {expected}; {came}. Free some space on that disk."))


def resumed_sentence(mark: Mark, script: Script) -> int:
    """Where the marked sentence stands in the script now; 0 where it is no longer there."""
    if mark.sentence == 0:
        return 0
    for place in places_to_look(mark.sentence):
        sentence = script.at(place)
        if sentence is not None and sentence.text == mark.text:
            return place
    return 0
