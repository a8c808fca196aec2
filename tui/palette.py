"""The panel's actions, its phrases and what was said in, lines of the command palette out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand

from tui.actions import ACTIONS
from tui.deeds import DEEDS
from tui.messages import ActionWanted

if TYPE_CHECKING:
    from tui.app import Panel

NEWEST = 9
"""Lines that were said last."""
SHOWN = 60
"""Letters of each."""


def palette(panel: Panel) -> Iterator[SystemCommand]:
    """What can be found by its name."""
    for action in ACTIONS:
        if action.command or action.name in DEEDS:
            yield SystemCommand(
                f"{action.label}: {action.meaning}", f"narrator {action.name}", _doing(panel, action.name)
            )
    for line in [*panel.remembered.phrases.values(), *panel.remembered.said[: -NEWEST - 1 : -1]]:
        yield SystemCommand(f"Say: {line[:SHOWN]}", "Said at once.", _saying(panel, line))


def _doing(panel: Panel, name: str) -> Callable[[], Any]:
    return lambda: panel.post_message(ActionWanted(name))


def _saying(panel: Panel, line: str) -> Callable[[], Any]:
    return lambda: panel.conductor.ask("say", {"text": line}, f"Said: {line}")
