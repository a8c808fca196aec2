"""A panel in each of its themes in, its screen as text out: the letters, the style of each cell, what each style is."""

from __future__ import annotations

import string
from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual._context import visible_screen_stack

from tui.app import Panel

SIGNS = string.ascii_letters + string.digits + "".join(map(chr, range(0x3B1, 0x3CA)))
"""One for each style, in the order in which they first appear."""
ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")
Painted = tuple[list[str], list[list[str]]]
"""(rows of letters, and of the style of each cell in words)"""


def painted(panel: Panel) -> Painted:
    """What is on the screen now."""
    visible_screen_stack.set(panel._background_screens)  # what a dialog lies over, as Textual has it while it paints
    strips = panel.screen._compositor.render_strips()
    return [strip.text for strip in strips], [
        [style for segment in strip for style in _styles(segment)] for strip in strips
    ]


def as_text(themes: Mapping[str, Painted]) -> str:
    """The letters, a sign for the style of each cell, and what each sign means in each theme."""
    letters = next(iter(themes.values()))[0]
    for name, (others, _) in themes.items():
        assert others == letters, f"the letters of {name} differ from those of the other themes"
    signs: dict[tuple[str, ...], str] = {}
    rows = [
        "".join(signs.setdefault(styles, SIGNS[len(signs)]) for styles in zip(*row, strict=True))
        for row in zip(*(cells for _, cells in themes.values()), strict=True)
    ]
    lines = [f"|{row}|" for row in [*letters, *rows]]
    for number, name in enumerate(themes):
        lines += [name, *(f"  {sign} {styles[number]}" for styles, sign in signs.items())]
    return "\n".join([*lines, ""])


def in_themes(text: str) -> dict[str, Painted]:
    """The way back."""
    lines = text.splitlines()
    rows = [line[1:-1] for line in lines if line.startswith("|")]
    letters, signs = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    styles: dict[str, dict[str, str]] = {}
    name = ""
    for line in lines[len(rows) :]:
        if line.startswith("  "):
            styles[name][line[2]] = line[4:]
        else:
            name = line
            styles[name] = {}
    return {name: (letters, [[named[sign] for sign in row] for row in signs]) for name, named in styles.items()}


def _styles(segment: Segment) -> list[str]:
    """One for each cell."""
    style = segment.style or Style.null()
    ink = style.color.get_truecolor().hex if style.color else "default"
    paper = style.bgcolor.get_truecolor(foreground=False).hex if style.bgcolor else "default"
    words = [*(one for one in ATTRIBUTES if getattr(style, one)), f"{ink} on {paper}"]
    return [" ".join(words)] * segment.cell_length
