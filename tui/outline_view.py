"""The headings of what is read in, a list that leads to them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.messages import Asked, NewsCame


class OutlineView(OptionList):
    """Enter or a click goes to a heading."""

    HELP = "The document's headings. Enter reads on from one; those that were not read to yet say so."

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._headings: Sequence[Mapping[str, Any]] = ()

    def show(self, headings: Sequence[Mapping[str, Any]]) -> None:
        """These, where they are others than before."""
        if headings == self._headings and self.option_count:
            return
        self._headings = headings
        chosen = self.highlighted
        self.clear_options()
        rows = [Text("  " * (one["level"] - 1) + one["text"], no_wrap=True, overflow="ellipsis") for one in headings]
        self.add_options([Option(row) for row in rows] or [Option("no headings", disabled=True)])
        self.highlighted = chosen if chosen is not None and chosen < len(rows) else (0 if rows else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Goes there."""
        event.stop()
        heading = self._headings[event.option_index]
        if heading["sentence"] is None:
            self.post_message(NewsCame(f"{heading['text']} was not read to yet.", is_fault=True))
        else:
            self.post_message(Asked("seek", {"sentence": heading["sentence"], "word": 0}, f"To: {heading['text']}"))
