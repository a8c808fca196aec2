"""`narrator settings`: a name and a value in, the remembered settings out and in the user's file."""

from __future__ import annotations

import argparse

from narrator import assemble, settings
from narrator.cli.printing import say, show, show_json


def show_all(options: argparse.Namespace) -> int:
    """Every setting in force with its meaning."""
    now = settings.load()
    if options.json:
        show_json({name: getattr(now, name) for name in settings.names()})
        return 0
    for name in settings.names():
        show(f"{name} = {settings.shown(getattr(now, name))}")
        show(f"    {settings.meaning(name)}")
    return 0


def where(_options: argparse.Namespace) -> int:
    """The file's path."""
    show(str(settings.path()))
    return 0


def change(options: argparse.Namespace) -> int:
    """Remembers one setting, once it is known that narrations can begin with it."""
    value = settings.parse(options.name, options.value)
    if options.name == "motion":
        assemble.check_motion(str(value))
    file = settings.store(options.name, value)
    say(f"{options.name} is remembered in {file}")
    return 0
