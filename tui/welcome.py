"""The person's keys in, what a newcomer reads while there is nothing to be read out."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

from tui.actions import BY_NAME

GREETING = "Nothing to read yet."
PASTE = "Or paste a text here: it is read."
WAYS = (
    ("queue add", "read a page, a file, the clipboard or your own words"),
    ("say", "type a line, and be heard at once"),
    ("presenter list", "choose the face"),
    ("outputs", "show it in a window or a video call"),
)
"""(action, what it is good for)"""
MORE = (("F1", "help for what is chosen, and all keys"), ("Ctrl-P", "find anything by its name"))
WIDEST = 64
KEY_CELLS = 8


def welcome(keys: Mapping[str, str]) -> Callable[[int], Sequence[str]]:
    """Lines for a page of so many cells; keys of the person's own by the names of tui/actions."""
    ways = [(keys.get(BY_NAME[name].id, BY_NAME[name].key), words) for name, words in WAYS]
    shown = [(key.upper() if key.startswith("f") and key[1:].isdigit() else key, words) for key, words in ways]

    def lines(width: int) -> Sequence[str]:
        across = max(1, min(WIDEST, width - 4))
        made = ["", *textwrap.wrap(GREETING, across), ""]
        for key, words in (*shown, *MORE):
            rest = " " * KEY_CELLS
            made += textwrap.wrap(f"{key:<{KEY_CELLS}}{words}", max(KEY_CELLS + 1, across), subsequent_indent=rest)
        made += ["", *textwrap.wrap(PASTE, across)]
        indent = " " * max(0, (width - min(WIDEST, max(map(len, made)))) // 2)
        return [f"{indent}{line}" if line else "" for line in made]

    return lines
