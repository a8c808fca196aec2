"""The settings as the narration tells them in, a control for each with its meaning, in force at once, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Label, Select, Static

from tui.line_input import LineInput
from tui.messages import Asked

FROM_LISTS = ("voice", "presenter")
"""Chosen from what there is on this machine."""
EMPTY = "empty"


class SettingRow(Vertical):
    """One setting: its name, its control, its sentence."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        super().__init__(classes="setting")
        self.told = told
        self._value = str(told["shown"])
        self._offered: list[tuple[str, str]] = []

    @property
    def name_of_it(self) -> str:
        """As the command line has it."""
        return str(self.told["name"])

    def compose(self) -> ComposeResult:
        """A switch, a choice or a line."""
        title = self.name_of_it.replace("_", " ")
        choices = list(self.told["choices"])
        if choices or self.name_of_it in FROM_LISTS:
            yield Label(title, classes="name")
            options = list(dict.fromkeys([self._value, *choices]))
            yield Select([(one, one) for one in options], value=self._value, allow_blank=False, compact=True)
        else:
            with Horizontal(classes="row"):
                yield Label(title, classes="name")
                if self.told["is_switch"]:
                    yield Button(self._value, compact=True, classes="switch")
                else:
                    yield LineInput(value="" if self._value == EMPTY else self._value)
        when = "" if self.told["at_once"] else " Counts from the next start."
        yield Static(f"{self.told['meaning']}.{when}", classes="meaning", markup=False)

    def offer(self, names: Sequence[tuple[str, str]]) -> None:
        """(what is shown, name) of all that can be chosen; the one in force stays."""
        self._offered = list(names)
        if self.is_mounted:  # else it is not put together yet: on_mount() does it
            self.call_after_refresh(self._show_offered)

    def on_mount(self) -> None:
        """The names may have been found before this row was there."""
        if self._offered:
            self.call_after_refresh(self._show_offered)

    def _show_offered(self) -> None:
        if not self.query("#label"):
            self.call_after_refresh(self._show_offered)
            return
        names, select = self._offered, self.query_one(Select)
        known = [name for _, name in names]
        first = [] if self._value in known else [(self._value, self._value)]
        with self.prevent(Select.Changed):
            select.set_options([*first, *names])
            select.value = self._value

    def correct(self, told: Mapping[str, Any]) -> None:
        """What is in force, where the control shows something else: it was refused, or changed from elsewhere."""
        if str(told["shown"]) == self._value:
            return
        self._value = str(told["shown"])
        for button in self.query(Button):
            button.label = self._value
        for line in self.query(Input):
            with self.prevent(Input.Changed):
                line.value = "" if self._value == EMPTY else self._value
        for select in self.query(Select):
            with self.prevent(Select.Changed):
                select.value = self._value

    @on(Select.Changed)
    def _chosen(self, event: Select.Changed) -> None:
        event.stop()
        self._set(str(event.value))

    @on(Button.Pressed)
    def _switched(self, event: Button.Pressed) -> None:
        event.stop()
        self._set("off" if self._value == "on" else "on")
        event.button.label = self._value

    @on(Input.Submitted)
    @on(Input.Blurred)
    def _typed(self, event: Input.Submitted | Input.Blurred) -> None:
        event.stop()
        self._set(event.input.value.strip())

    def _set(self, value: str) -> None:
        if value == self._value or (value == "" and self._value == EMPTY):
            return
        self._value = value or EMPTY
        told = f"{self.name_of_it.replace('_', ' ')}: {self._value}."
        self.post_message(Asked("set", {"name": self.name_of_it, "value": "" if value == EMPTY else value}, told))


class SettingsView(VerticalScroll):
    """All settings, in the order of the one place where they are defined (narrator/settings)."""

    HELP = (
        "Every setting with its meaning. Tab moves from one to the next; a line takes effect with Enter, a choice or a "
        "switch at once. What counts only from the next start says so."
    )

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offered: dict[str, list[tuple[str, str]]] = {}

    def show(self, settings: Sequence[Mapping[str, Any]]) -> None:
        """As they are now; built once, so that nobody's typing is lost."""
        if rows := self.query(SettingRow):
            known = {str(one["name"]): one for one in settings}
            for row in rows:
                row.correct(known[row.name_of_it])
            return
        made = [SettingRow(one) for one in settings]
        for row in made:
            row.offer(self._offered.get(row.name_of_it, ()))
        self.mount_all(made)

    def offer(self, name: str, found: Sequence[Sequence[str]]) -> None:
        """(value, words about it) of all that this setting can be chosen from."""
        self._offered[name] = [(f"{value}: {words}" if words else value, value) for value, words in found]
        for row in self.query(SettingRow):
            if row.name_of_it == name:
                row.offer(self._offered[name])
