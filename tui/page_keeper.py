"""The place in a document in, the sentences around it out: asked for when they are needed, never all of a long book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tui.page import Told

BEFORE, KEPT = 400, 1600
"""Sentences held before the place when the window is laid anew, and at most."""
NEAR_END = 120
AT_ONCE = 500
"""As many as the narration tells in one answer (narrator/session_commands)."""


class PageKeeper:
    """Used from one thread."""

    def __init__(self, ask: Callable[..., Mapping[str, Any]]) -> None:
        """ask is a Narration's."""
        self._ask = ask
        self._item = (0, "")
        self._first = 0
        self._held: list[Told] = []

    def follow(self, state: Mapping[str, Any]) -> list[Told] | None:
        """The sentences to show; None where they are those shown already."""
        item = (state.get("item", 0), state.get("source", ""))
        at = state.get("sentence_index", 0)
        last = self._first + len(self._held)
        is_other = item != self._item
        is_far = not self._first <= at <= last or (len(self._held) >= KEPT and at > last - NEAR_END)
        if is_other or is_far:
            self._item, self._first, self._held = item, max(0, at - BEFORE), []
        grew = self._read_on(state)
        return list(self._held) if is_other or is_far or grew else None

    def _read_on(self, state: Mapping[str, Any]) -> bool:
        count, grew = state.get("sentence_count", 0), False
        while len(self._held) < KEPT and not 0 < count <= self._first + len(self._held):
            told = self._ask("sentences", first=self._first + len(self._held), count=AT_ONCE)["sentences"]
            if not told:
                break
            if not self._held:
                self._first = told[0]["index"]
            self._held += [Told(one["index"], one["text"], one["block_index"], one["is_heading"]) for one in told]
            grew = True
        return grew
