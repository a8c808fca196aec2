"""The part of the panel that is chosen in, what it is for and all keys out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.widget import Widget

from tui.actions import ACTIONS

OTHER_KEYS = (
    ("j", "Jump: a letter over each part of the panel leads there."),
    ("1 to 9", "Says a phrase; 1=words in the typing line keeps one."),
    ("v", "The face in the panel: moving, still where the terminal can, away."),
    ("c", "Colours: dark, light, high contrast."),
    ("Tab", "To the next part of the panel."),
    ("Ctrl-P", "Finds every action by its name."),
    ("q", "Close the panel; the narration ends, its place is kept. Of films it asks."),
    ("Q", "Close the panel; the narration goes on."),
)
SHOWN = {"space": "Space", "plus,equals_sign,minus": "+ -"}


def help_for(chosen: Widget | None, keys: Mapping[str, str]) -> Iterator[str]:
    """Lines; the person's own keys where they chose others."""
    part: object = chosen
    while isinstance(part, Widget):
        words = getattr(part, "HELP", None)
        if words and not str(words).lstrip().startswith("#"):
            yield str(words)
            yield ""
            break
        part = part.parent
    yield "Keys, and in brackets what to write after narrator on a command line:"
    for action in ACTIONS:
        key = keys.get(action.id, action.key)
        shown = SHOWN.get(key, key.upper() if key.startswith("f") else key)
        yield f"{shown:>8}  {action.meaning} ({action.name})"
    for key, meaning in OTHER_KEYS:
        yield f"{key:>8}  {meaning}"
