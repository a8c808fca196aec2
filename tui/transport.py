"""The narration's state in, a bar of buttons with progress, rate and time left out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.widgets import Button, ProgressBar, Static

from tui.actions import BY_NAME
from tui.messages import ActionWanted

BUTTONS = (
    ("previous --heading", "«H", "« Heading"),
    ("previous --paragraph", "‹¶", "‹ Paragraph"),
    ("previous", "◂ Back", "◂ Back"),
    ("pause", "Pause", "Pause"),
    ("next", "Next ▸", "Next ▸"),
    ("next --paragraph", "¶›", "Paragraph ›"),
    ("next --heading", "H»", "Heading »"),
    ("replay --slower", "↻ Slower", "↻ Again slower"),
    ("stop", "Stop", "Stop"),
    ("presenter list", "Faces", "Faces"),
    ("export", "Film", "Film"),
)
"""(action, what its button says, and where there is room)"""
ROOMY = 110
"""Cells from which on buttons say their whole words."""
RATE_STEP = 10
"""Words a minute."""
BAR_STEPS = 48
"""Half cells of the bar: what changes less is not painted anew."""
LEAST_S = 4.0
"""Narrated before the time left is guessed."""


class TimeLeft:
    """How fast a share grows in, the seconds left out."""

    def __init__(self) -> None:
        self._last: tuple[float, float, object] | None = None
        self._gone = self._gone_s = 0.0

    def seconds(self, share: float, now_s: float | None = None, part: object = None) -> float | None:
        """None while it cannot be known; now_s is any clock, the wall's where none is named.

        part: what the share is in the middle of, such as a sentence. What lies between two parts does not count: nobody
        knows whether it was done or jumped over.
        """
        now_s = time.monotonic() if now_s is None else now_s
        if self._last is not None:
            before, before_s, before_part = self._last
            if part == before_part and share >= before:
                self._gone += share - before
                self._gone_s += now_s - before_s
        self._last = share, now_s, part
        return self._gone_s * (1 - share) / self._gone if self._gone > 0 and self._gone_s >= LEAST_S else None


def clock(seconds: float) -> str:
    """2:09, or 1:02:09."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class Transport(Horizontal):
    """Buttons for what is done most."""

    HELP = "Buttons that steer the narration: a heading, a paragraph or a sentence back or on, pause, slower, stop."

    def compose(self) -> ComposeResult:
        """One button each, with its meaning for the pointer that rests on it."""
        for name, label, _ in BUTTONS:
            button = Button(label, compact=True, name=name, id=f"do-{BY_NAME[name].id}")
            button.tooltip = f"{BY_NAME[name].meaning} Key: {BY_NAME[name].key}"
            yield button

    def on_resize(self, event: Resize) -> None:
        """Words for as much room as there is."""
        for name, short, whole in BUTTONS:
            if name != "pause":
                self.query_one(f"#do-{BY_NAME[name].id}", Button).label = whole if event.size.width >= ROOMY else short

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
    """How far it has come, how long it will take, and how fast it goes, with buttons for that."""

    HELP = "How much was read, the time left, and the rate, which the buttons beside it or + and - change."

    def compose(self) -> ComposeResult:
        """A bar and words."""
        yield ProgressBar(total=1.0, show_eta=False, show_percentage=False, id="bar")
        yield Static("", id="left", markup=False)
        for label, by, meaning in (("−", -RATE_STEP, "Slower"), ("+", RATE_STEP, "Faster")):
            if by > 0:
                yield Static("", id="rate", markup=False)
            button = Button(label, compact=True, action=f"app.rate({by})", classes="rate")
            button.tooltip = f"{meaning}, by {RATE_STEP} words a minute. Key: {'+' if by > 0 else '-'}"
            yield button

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._left = TimeLeft()
        self._number = 0
        self.forget()

    def forget(self) -> None:
        """The next state is painted even where it is the same."""
        self._shown = (-1.0, "", "")

    def show(self, state: Mapping[str, Any]) -> None:
        """As it is now."""
        share = state.get("progress")
        if state["number"] != self._number:
            self._number, self._left = state["number"], TimeLeft()
        place = state.get("narration_s", 0.0), state.get("sentence_index")
        left_s = None if share is None else self._left.seconds(share, *place)
        rate = f"{state['rate_wpm']} words/min" if state.get("rate_wpm") else ""
        seen = (round((share or 0.0) * BAR_STEPS) / BAR_STEPS, in_words(state, left_s), rate)
        if seen != self._shown:
            self._shown = seen
            self.set_class(not rate, "-unknown")
            self.query_one(ProgressBar).update(progress=seen[0])
            for id_, words in zip(("#left", "#rate"), seen[1:], strict=True):
                self.query_one(id_, Static).update(words, layout=False)


def in_words(state: Mapping[str, Any], left_s: float | None) -> str:
    """Sentence, share and time left; what is not known is left out."""
    if not state.get("item") or state["status"] in ("idle", "closed"):
        return "nothing is being read"
    count = state.get("sentence_count") or 0
    parts = [f"sentence {state.get('sentence_index', 0) + 1}" + (f" of {count}" if count else "")]
    if state.get("progress") is not None:
        parts.append(f"{state['progress'] * 100:.0f} %")
    if left_s is not None:
        parts.append(f"{clock(left_s)} left")
    return ", ".join(parts)
