"""The narration's state in, a bar of buttons with progress, rate and time left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, ProgressBar, Static

from tui.actions import BY_NAME
from tui.messages import ActionWanted

BUTTONS = (
    ("previous --heading", "«H"),
    ("previous --paragraph", "‹¶"),
    ("previous", "◂ Back"),
    ("pause", "Pause"),
    ("next", "Next ▸"),
    ("next --paragraph", "¶›"),
    ("next --heading", "H»"),
    ("replay --slower", "Slower"),
    ("stop", "Stop"),
    ("presenter list", "Faces"),
    ("export", "Film"),
)
BAR_STEPS = 48
"""Half cells of the bar: what changes less is not painted anew."""
LEAST_S = 4.0
"""Narrated before the time left is guessed."""


class TimeLeft:
    """How fast the share that was read grows in, the seconds left out."""

    def __init__(self) -> None:
        self._item = -1
        self._begin = (0.0, 0.0)

    def seconds(self, state: Mapping[str, Any]) -> float | None:
        """None while it cannot be known."""
        share, now_s = state.get("progress"), state.get("narration_s", 0.0)
        if share is None:
            return None
        if state["number"] != self._item or share < self._begin[0]:
            self._item, self._begin = state["number"], (share, now_s)
        gone, gone_s = share - self._begin[0], now_s - self._begin[1]
        return gone_s * (1 - share) / gone if gone > 0 and gone_s >= LEAST_S else None


class Transport(Horizontal):
    """Buttons for what is done most."""

    HELP = "Buttons that steer the narration: a heading, a paragraph or a sentence back or on, pause, slower, stop."

    def compose(self) -> ComposeResult:
        """One button each, with its meaning for the pointer that rests on it."""
        for name, label in BUTTONS:
            button = Button(label, compact=True, name=name, id=f"do-{BY_NAME[name].id}")
            button.tooltip = f"{BY_NAME[name].meaning} Key: {BY_NAME[name].key}"
            yield button

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Its action."""
        event.stop()
        self.post_message(ActionWanted(event.button.name or ""))

    def show(self, state: Mapping[str, Any]) -> None:
        """Pause or go on."""
        label = "Go on" if state["status"] == "paused" else "Pause"
        button = self.query_one("#do-pause", Button)
        if str(button.label) != label:
            button.label = label


class Progress(Horizontal):
    """How far it has come, how fast, and how long it will take."""

    def compose(self) -> ComposeResult:
        """A bar and words."""
        yield ProgressBar(total=1.0, show_eta=False, show_percentage=False, id="bar")
        yield Static("", id="left", markup=False)

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._left = TimeLeft()
        self._shown = (-1.0, "")

    def forget(self) -> None:
        """The next state is painted even where it is the same."""
        self._shown = (-1.0, "")

    def show(self, state: Mapping[str, Any]) -> None:
        """As it is now."""
        share = round((state.get("progress") or 0.0) * BAR_STEPS) / BAR_STEPS
        words = in_words(state, self._left.seconds(state))
        if (share, words) != self._shown:
            self._shown = share, words
            self.query_one(ProgressBar).update(progress=share)
            self.query_one("#left", Static).update(words, layout=False)


def in_words(state: Mapping[str, Any], left_s: float | None) -> str:
    """Sentence, share, time left and rate; what is not known is left out."""
    if not state.get("item") or state["status"] in ("idle", "closed"):
        return "nothing is being read"
    count = state.get("sentence_count") or 0
    parts = [f"sentence {state.get('sentence_index', 0) + 1}" + (f" of {count}" if count else "")]
    if state.get("progress") is not None:
        parts.append(f"{state['progress'] * 100:.0f} %")
    if left_s is not None:
        minutes, seconds = divmod(round(left_s), 60)
        parts.append(f"{minutes}:{seconds:02} left")
    if state.get("rate_wpm"):
        parts.append(f"{state['rate_wpm']} words a minute")
    return ", ".join(parts)
