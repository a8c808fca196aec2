"""`narrator presenter`: names, pictures and packs in, faces out; asks for consent first."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from narrator import presenters
from narrator.cli import COULD_NOT, DONE
from narrator.cli.printing import is_plain, say, show, show_json
from narrator.errors import FaceError
from narrator.places import named_path

if TYPE_CHECKING:
    from narrator.presenters import About

PORTRAIT_COLUMNS = 48
UPPER_HALF = "▀"
RESET = "\x1b[0m"


def show_all(options: argparse.Namespace) -> int:
    """One face a line, beginning with its name."""
    found = presenters.everyone()
    if not found:
        raise FaceError("at least one presenter", "narrator came without any", "Install it again.")
    if options.json:
        show_json([{"name": one.name, "title": one.title, "origin": one.origin, "fault": one.fault} for one in found])
        return DONE
    width = max(len(one.name) for one in found)
    for one in found:
        show(f"{one.name:<{width}}  {one.title}{f': {one.fault}' if one.fault else ''}")
    return DONE


def show_one(options: argparse.Namespace) -> int:
    """What it is, and on a terminal with colours how it looks."""
    one = presenters.about(options.name)
    if options.json:
        show_json(asdict(one))
    else:
        if not one.fault and _has_colours() and not is_plain(options.plain):
            _show_portrait(one.name)
        _tell(one)
    return COULD_NOT if one.fault else DONE


def add(options: argparse.Namespace) -> int:
    """Makes a presenter of a picture, or takes one out of a pack."""
    source = named_path(options.picture)
    presenters.check_name(source, options.name, replace=options.replace)
    statement = options.consent
    if statement is None and presenters.needs_statement(source):
        statement = _ask(source)
    made = presenters.add(
        source,
        name=options.name,
        statement=statement,
        face=options.face,
        replace=options.replace,
        tell=lambda kind, words: say(f"narrator: {words}" if kind == "warning" else words),
    )
    show(made.name)
    if statement is None and made.consent is not None:
        say(f"the pack's statement of consent: {made.consent.statement}")
    say(f"try it: narrator read --presenter {made.name} --text 'Hello.'")
    return DONE


def remove(options: argparse.Namespace) -> int:
    """Takes one of one's own away."""
    presenters.remove(options.name)
    say(f"{options.name} is removed")
    return DONE


def export(options: argparse.Namespace) -> int:
    """Writes one of one's own as a pack."""
    presenters.export(options.name, named_path(options.file))
    show(options.file)
    return DONE


def _ask(source: Path) -> str | None:
    """Two questions, where there is somebody to answer; None where nobody is, or the answer is empty."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    say(f"{source.name} will speak whatever it is given to read. What you answer is stored with it.")
    answers = []
    for question in ("Whose picture is it? ", "How did they agree (or: nobody living is in it)? "):
        print(question, end="", file=sys.stderr, flush=True)
        answers.append(sys.stdin.readline().strip())
    return "; ".join(answers) if all(answers) else None


def _tell(one: About) -> None:
    show(f"{one.name}: {one.title}")
    show(f"made from: {one.made_from}")
    if one.consent is not None:
        show(f"consent: {one.consent.statement} (stated {one.consent.date[:10]})")
    show(f"licence: {one.licence}")
    show(f"size: {one.size_bytes / 1e6:.1f} MB in {one.folder}")
    if one.fault:
        show(f"fault: {one.fault}")


def _has_colours() -> bool:
    return sys.stdout.isatty() and os.environ.get("COLORTERM") in ("truecolor", "24bit")


def _show_portrait(name: str) -> None:
    """Two pixels to a letter, one above the other."""
    picture = presenters.portrait(name, PORTRAIT_COLUMNS)
    for upper, lower in zip(picture[::2], picture[1::2], strict=True):
        cells = (
            f"\x1b[38;2;{above[0]};{above[1]};{above[2]}m\x1b[48;2;{below[0]};{below[1]};{below[2]}m{UPPER_HALF}"
            for above, below in zip(upper, lower, strict=True)
        )
        show("".join(cells) + RESET)
