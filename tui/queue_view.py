"""What is read and what waits in, a list in which it can be moved and removed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.messages import Asked
from tui.news import name_of, short


class QueueView(OptionList):
    """What is read comes first, then what waits, in its order."""

    HELP = "What is being read, and what waits after it. [ and ] move a waiting one up and down, Delete removes one."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "move(-1)", "earlier", show=False, id="queue.earlier"),
        Binding("right_square_bracket", "move(1)", "later", show=False, id="queue.later"),
        Binding("delete,d", "remove", "remove", show=False, id="queue.remove"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[tuple[int, str]] | None = None
        """(number, words); None before the first state came."""
        self._reads = 0

    def show(self, state: Mapping[str, Any]) -> None:
        """As it is now; what was chosen stays chosen."""
        is_reading = state.get("item", 0) and state["status"] not in ("idle", "closed")
        rows = [(int(state["item"]), f"▶ {name_of(state)}")] if is_reading else []
        self._reads = len(rows)
        rows += [(int(one["id"]), f"  {short(one['name'])}") for one in state["waiting"]]
        if rows == self._rows:
            return
        chosen = self._chosen()
        self._rows = rows
        self.clear_options()
        self.add_options([Option(Text(text, no_wrap=True, overflow="ellipsis")) for _, text in rows])
        if not rows:
            self.add_option(Option("empty: a adds something", disabled=True))
        place = next((place for place, (item, _) in enumerate(rows) if item == chosen), 0)
        self.highlighted = place if rows else None

    def action_move(self, by: int) -> None:
        """The chosen one earlier or later, among those that wait."""
        rows, at = self._rows or [], self.highlighted
        if at is None or not self._reads <= at < len(rows):
            return
        place = at - self._reads + by
        if 0 <= place < len(rows) - self._reads:
            item, name = rows[at]
            self.post_message(Asked("move", {"item": item, "place": place}, f"{name.strip()} is number {place + 1}."))

    def action_remove(self) -> None:
        """The chosen one, also where it is being read."""
        rows, at = self._rows or [], self.highlighted
        if at is not None and at < len(rows):
            item, name = rows[at]
            self.post_message(Asked("remove", {"item": item}, f"{name.lstrip('▶ ')} is removed."))

    def _chosen(self) -> int:
        rows, at = self._rows or [], self.highlighted
        return rows[at][0] if at is not None and at < len(rows) else -1
