"""`narrator panel`: sources in, the control panel of a narration of its own or of a running one out."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from narrator import assemble
from narrator.cli import COULD_NOT, DONE
from narrator.cli.arguments import chosen_settings
from narrator.cli.printing import say
from narrator.places import from_anywhere

if TYPE_CHECKING:
    from tui.app import Panel
    from tui.held_narration import HeldNarration


def run(options: argparse.Namespace) -> int:
    """Until the person closes it."""
    if options.plain or not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("TERM") == "dumb":
        options.wrong_usage(
            "the panel needs a terminal to paint on; without one: narrator read SOURCE, narrator status"
        )
    if options.attach is not None:
        return _attached(options)
    return _own(options)


def _attached(options: argparse.Namespace) -> int:
    from tui.app import Panel
    from tui.narration import AttachedNarration
    from tui.remembered import note, recall
    from tui.stills import stills

    running = AttachedNarration(options.attach)  # where there is none, that is said instead of opening the panel
    remembered = recall()
    panel = Panel(lambda: running, remembered, stills())
    try:
        _run(panel)
    finally:
        note(remembered)  # also where the terminal was closed
        running.close()
    return COULD_NOT if panel.return_code else DONE


def _own(options: argparse.Namespace) -> int:
    """The narration's process is begun beside the panel, so neither waits for the other."""
    from tui.app import LEAVE, Panel
    from tui.held_narration import HeldNarration, Wish
    from tui.messages import NewsCame
    from tui.remembered import note, recall
    from tui.stills import stills

    settings, remembered = chosen_settings(options), recall()
    sources = [from_anywhere(source) for source in options.source] or remembered.sources
    wish = Wish(
        settings,
        sources,
        options.to or [assemble.WINDOW],
        is_held=bool(sources) and not options.source,
        from_start=options.from_start,
        password=options.password,
    )
    held: list[HeldNarration] = []

    def opened() -> HeldNarration:
        held.append(HeldNarration(wish, lambda line: bool(panel.post_message(NewsCame(line)))))
        return held[0]

    panel = Panel(opened, remembered, stills())
    left = None
    try:
        left = _run(panel)
    finally:
        note(remembered)  # also where the terminal was closed
        for narration in held:
            narration.let_go() if left == LEAVE else narration.end()
    for film in remembered.films:
        say(f"the film {film['target']} is still being made; the next narrator panel shows it")
    if left == LEAVE and held:
        say("the narration goes on; narrator panel --attach brings the panel back, narrator stop ends it")
    return COULD_NOT if panel.return_code else DONE


def _run(panel: Panel) -> str | None:
    """What our parts have to say goes into the panel instead of over it."""
    from tui.log_lines import told_in

    with told_in(panel):
        return panel.run()
