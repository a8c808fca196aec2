"""`narrator screen-reader install|remove|status`: narrator as a voice of the desktop's screen reader."""

from __future__ import annotations

import argparse
import os

from narrator.cli import COULD_NOT, DONE
from narrator.cli.printing import show, show_json
from narrator.screen_reader import desktop_entry, installing


def install(options: argparse.Namespace) -> int:
    """Puts it there, and says what to do next."""
    folders = installing.user_folders(os.environ)
    for place in (installing.install(folders), *desktop_entry.install(folders)):
        show(f"installed: {place}")
    found = [one for one in installing.status(folders) if not one.works]
    for one in found:
        show(f"{one.detail}. {one.mend}")
    if not found:
        show("Say something with it: spd-say -o narrator hello")
        show("For Orca: Preferences, page Voice, Speech synthesizer: narrator")
    show("For a key that reads what is selected, see the program Narrator in your menu, or docs/screen-reader.md")
    return DONE


def remove(options: argparse.Namespace) -> int:
    """Takes it away."""
    folders = installing.user_folders(os.environ)
    was_there = [installing.remove(folders), desktop_entry.remove(folders)]
    if not any(was_there):
        show("it was not installed")
        return DONE
    show("removed")
    if installing.NAME in (installing.loaded_modules(folders) or []):
        show(f"Speech Dispatcher keeps it until it is started anew. {installing.RESTART}")
    return DONE


def status(options: argparse.Namespace) -> int:
    """A line for each thing looked at; 1 where one of them does not work."""
    found = installing.status(installing.user_folders(os.environ))
    if options.json:
        show_json([{"works": one.works, "detail": one.detail, "mend": one.mend} for one in found])
    else:
        for one in found:
            show(f"{'works' if one.works else 'does not work'}: {one.detail}.{f' {one.mend}' if one.mend else ''}")
    return DONE if all(one.works for one in found) else COULD_NOT
