"""Lines typed in, each said at once out; Up and Down bring earlier ones back."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.line_input import LineInput
from tui.messages import Asked, NewsCame

KEPT = 100
DIGITS = tuple("123456789")
"""Keys of phrases."""


class TypingLine(LineInput):
    """For calls: what is typed is spoken by the face before the document goes on."""

    HELP = (
        "Type a line and press Enter: the face says it at once. Up and Down bring back earlier lines, Escape leaves. "
        "1=Could you say that again? keeps a line under the key 1, which then says it; so do 2 to 9."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "earlier", "earlier line", show=False, id="say.earlier"),
        Binding("down", "later", "later line", show=False, id="say.later"),
        Binding("escape", "leave", "leave", show=False, id="say.leave"),
    ]

    def __init__(self, said: list[str], phrases: dict[str, str], *, id: str | None = None) -> None:
        """said is where the lines are kept, oldest first, and phrases those on keys; both are changed."""
        super().__init__("Say something: type and press Enter", id=id)
        self._said = said
        self._phrases = phrases
        self._at = len(said)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Says it."""
        event.stop()
        line = self.value.strip()
        if not line:
            return
        if line[:1] in DIGITS and line[1:2] == "=":
            self._keep(line[0], line[2:].strip())
            return
        if line in self._said:
            self._said.remove(line)
        self._said.append(line)
        del self._said[:-KEPT]
        self._at, self.value = len(self._said), ""
        self.post_message(Asked("say", {"text": line}, f"Said: {line}"))

    def _keep(self, digit: str, words: str) -> None:
        """Under a key; no words take away what is there."""
        self.value = ""
        if words:
            self._phrases[digit] = words
            self.post_message(NewsCame(f"The key {digit} now says: {words}"))
        else:
            self._phrases.pop(digit, None)
            self.post_message(NewsCame(f"The key {digit} says nothing any more."))

    def action_earlier(self) -> None:
        """The line before."""
        self._bring(self._at - 1)

    def action_later(self) -> None:
        """The line after; an empty one after the last."""
        self._bring(self._at + 1)

    def action_leave(self) -> None:
        """Back to the page."""
        self.screen.query_one("#page").focus()

    def _bring(self, at: int) -> None:
        self._at = min(max(0, at), len(self._said))
        self.value = self._said[self._at] if self._at < len(self._said) else ""
        self.cursor_position = len(self.value)
