"""Results in, lines on standard output out; events and progress go to standard error."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
"""Unicode's control characters (C0, DEL, C1): ESC and CSI are among them."""


def is_plain(asked_for: bool) -> bool:
    """One line per event and nothing that moves: asked for, no terminal, a dumb one, or NO_COLOR (no-color.org)."""
    environment = os.environ
    return (
        asked_for or not sys.stderr.isatty() or environment.get("TERM") == "dumb" or bool(environment.get("NO_COLOR"))
    )


def say(event: str) -> None:
    """One event or fault, on one line of standard error; whether anybody can read it never ends a narration.

    What would steer the terminal, as the name of a file from elsewhere may, is shown as U+FFFD.
    """
    line = CONTROL.sub("\ufffd", " ".join(event.split()))
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def show(line: str = "", *, at_once: bool = False) -> None:
    """One line of the result; at_once where someone waits for it while more is to come."""
    print(line, flush=at_once)


def as_json(value: object, *, indent: int | None = None) -> str:
    """As it is where standard output can hold every letter, else with JSON's own escapes."""
    holds_all = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    return json.dumps(value, ensure_ascii=not holds_all, indent=indent)


def show_json(value: object) -> None:
    """The whole result as JSON."""
    print(as_json(value, indent=1))


def show_json_stream(head: Mapping[str, object], key: str, rows: Iterable[object]) -> None:
    """An object whose last member is a list, written as its rows come; whole JSON even if the rows break off."""
    opening = as_json(head)[:-1]
    print(f"{opening}{', ' if head else ''}{json.dumps(key)}: [", end="")
    separator = "\n "
    try:
        for row in rows:
            print(separator + as_json(row), end="")
            separator = ",\n "
    finally:
        print("\n]}")
