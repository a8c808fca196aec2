"""What is typed or pasted in, one line of bounded length out."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from tui.messages import NewsCame

LONGEST = 4000
"""Characters; more is a text to be read, not a line."""


class LineInput(Input):
    """An input that a paste of megabytes does not stop."""

    def __init__(self, placeholder: str = "", *, value: str = "", id: str | None = None) -> None:
        super().__init__(value=value, placeholder=placeholder, id=id, max_length=LONGEST, compact=True)

    def on_mount(self) -> None:
        """Where nothing is to move (TEXTUAL_ANIMATIONS=none), the cursor does not blink either."""
        self.cursor_blink = self.app.animation_level != "none"

    def _on_paste(self, event: Paste) -> None:
        """Its lines as one; what is too long is cut, and that is told."""
        event.prevent_default()
        event.stop()
        line = " ".join(event.text[: 2 * LONGEST].split())
        if len(event.text) > LONGEST:
            told = (
                f"A line holds {LONGEST:,} characters; {len(event.text):,} came. Press Escape, then paste to read all."
            )
            self.post_message(NewsCame(told, is_fault=True))
        self.insert_text_at_cursor(line[: LONGEST - len(self.value)])
