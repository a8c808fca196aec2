"""What the panel can do and what the command line can do to a running narration are the same list."""

from __future__ import annotations

import argparse
import shlex

import pytest

from narrator.cli.arguments import parser
from narrator.cli.steering_arguments import add_steering
from tui.actions import ACTIONS, Action
from tui.app import Panel
from tui.deeds import DEEDS

ALSO = {"doctor", "export", "presenter"}
"""Commands for both that steer nothing, or more than one narration."""
ARGUMENTS = {
    "seek": "1",
    "rate": "150",
    "change": "rate 150",
    "queue add": "page.html",
    "queue move": "1 1",
    "queue remove": "1",
    "say": "hello",
    "open": "window",
    "shut": "window",
    "export": "film.mp4",
}
IN_LISTS_AND_ON_THE_PAGE = {"seek", "rate", "queue move", "queue remove", "open", "shut"}
"""Done in place: a click, a key in a list, a button of a row."""


def steering_commands() -> set[str]:
    """As the command line has them."""
    top = argparse.ArgumentParser()
    commands = top.add_subparsers()
    add_steering(commands, lambda made, name, _help, _run: made.add_parser(name), lambda _command: None)
    return set(commands.choices)


def test_the_two_lists_are_equal() -> None:
    assert {action.name.split()[0] for action in ACTIONS} == steering_commands() | ALSO


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_the_command_line_understands_every_action_by_its_name(action: Action) -> None:
    options = parser().parse_args(shlex.split(f"{action.name} {ARGUMENTS.get(action.name, '')}"))
    assert options.run


def test_every_action_can_be_reached_in_the_panel() -> None:
    reached = {action.name for action in ACTIONS if action.command} | set(DEEDS) | IN_LISTS_AND_ON_THE_PAGE
    assert reached == {action.name for action in ACTIONS}


def test_no_key_means_two_things() -> None:
    keys = [key for binding in Panel.BINDINGS for key in binding.key.split(",")]  # type: ignore[union-attr]
    assert len(keys) == len(set(keys))
