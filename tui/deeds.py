"""The panel's actions that first ask the person something, or show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.widgets import TabbedContent

from narrator import assemble
from tui.add_screen import AddScreen
from tui.export_screen import ExportScreen
from tui.faces_screen import FacesScreen
from tui.films_view import FilmsView
from tui.jump_screen import JumpScreen, Place
from tui.leave_screen import GIVE_UP, LeaveScreen
from tui.lines_screen import LinesScreen
from tui.news import short, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.app import Panel


def add(panel: Panel) -> None:
    """Asks what to read."""

    def take(source: str | None) -> None:
        if source:
            panel.conductor.ask("add", {"source": source}, f"Added {short(source)}.")

    panel.push_screen(AddScreen(), take)


def say(panel: Panel) -> None:
    """To the line that is spoken, at once: what is typed next may have come already."""
    panel.screen.set_focus(panel.query_one("#say"))


def show_list(name: str, part: str) -> Callable[[Panel], None]:
    """To one of the lists."""

    def show(panel: Panel) -> None:
        panel.query_one("#lists", TabbedContent).active = f"tab-{name}"
        panel.query_one(part).focus()
        panel.conductor.refresh_list(f"tab-{name}")

    return show


def doctor(panel: Panel) -> None:
    """What works on this machine."""

    def findings() -> Iterator[tuple[str, bool]]:
        for found in assemble.examine(None):
            is_fault = not found.works and found.needed
            yield f"{found.name}: {'works' if found.works else 'does not work'}: {found.detail}", is_fault
            if found.mend:
                yield f"    to mend it: {found.mend}", False
        yield "That was all.", False

    panel.push_screen(LinesScreen("Doctor", findings()))


def log(panel: Panel) -> None:
    """What was told so far."""
    panel.push_screen(LinesScreen("Log", list(panel.log_lines), from_end=True))


def faces(panel: Panel) -> None:
    """Asks who is to speak."""

    def show(told: Mapping[str, Any]) -> None:
        chosen = next(str(one["value"]) for one in told["settings"] if one["name"] == "presenter")
        panel.push_screen(FacesScreen(panel.conductor.fetch, chosen, panel.stills), take)

    def take(name: str | None) -> None:
        if name:
            panel.conductor.ask("set", {"name": "presenter", "value": name}, f"presenter: {name}.")

    panel.conductor.fetch("settings", show)


def jump(panel: Panel) -> None:
    """To a part of the panel, by the letter over it."""
    places = [
        Place(letter, name, panel.query_one(part).region.offset)
        for letter, name, part in JUMPS
        if panel.query_one(part).region.area
    ]

    def go(name: str | None) -> None:
        if name in DEEDS:
            DEEDS[name](panel)
        elif name == "transport":
            panel.query_one("#do-pause").focus()
        elif name:
            panel.query_one(f"#{name}").focus()

    panel.push_screen(JumpScreen(places), go)


def export(panel: Panel) -> None:
    """Asks for the film's name, where there is something to make one of."""
    if not sources_of(panel.state):
        panel.tell("Nothing is read and nothing waits, so there is no film to make; a adds something.", is_fault=True)
        return
    panel.push_screen(ExportScreen(panel.state), panel.conductor.film)


def leave(panel: Panel) -> None:
    """Closes the panel; where films are being made, asks first what is to become of them."""
    films = panel.screen_stack[0].query_one(FilmsView)
    told = [f"{bar.film.name}: {bar.words or 'just begun'}" for bar in films.under_way()]

    def end(wish: str | None) -> None:
        if wish == GIVE_UP:
            films.give_up_all()
        if wish is not None:
            panel.exit()

    panel.push_screen(LeaveScreen(told), end) if told else panel.exit()


JUMPS = (
    ("r", "page", "#page"),
    ("q", "queue", "#--content-tab-tab-queue"),
    ("o", "outline", "#--content-tab-tab-outline"),
    ("s", "change", "#--content-tab-tab-settings"),
    ("w", "outputs", "#--content-tab-tab-outputs"),
    ("b", "transport", "#transport"),
    ("t", "say", "#say"),
)
"""(letter, what is done or focused, over which part it stands)"""
DEEDS: dict[str, Callable[[Panel], None]] = {
    "queue add": add,
    "say": say,
    "queue": show_list("queue", "#queue"),
    "outline": show_list("outline", "#outline"),
    "change": show_list("settings", "#settings"),
    "outputs": show_list("outputs", "#outputs"),
    "presenter list": faces,
    "doctor": doctor,
    "status": log,
    "export": export,
}
