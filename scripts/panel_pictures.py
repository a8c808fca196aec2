"""The panel in a real terminal in, docs/panel.png and the other pictures of it out.

Run as: .venv/bin/python -m scripts.panel_pictures; tmux holds the terminal, so no screen is needed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont
from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CELL = (9, 19)
"""Pixels of a letter's cell."""
LETTER_PX = 15
INK, PAPER = (230, 232, 234), (20, 23, 27)
LIMIT_S = 60.0
LOOK_S = 0.2
SETTLED_S = 1.0
HALF_BLOCK = "▀"
FRAMES = {"│": "ud", "─": "lr", "╭": "dr", "╮": "dl", "╰": "ur", "╯": "ul"}
"""Letters that frames are made of, and to which edges their lines go."""
UNFINISHED, UNSEEN = "drawing ...", "the face comes with"
"""What stands where a picture is still to come."""
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Scene:
    """One picture: a terminal of so many columns and rows, and how to come there."""

    name: str
    columns: int
    rows: int
    steps: Sequence[tuple[str, str]]
    """(keys as tmux names them, words that the screen shows once they were obeyed)"""


READING = (("", "130 words/min"), ("n", "sentence 2"), ("n", "sentence 3"), ("n", "sentence 4"))
SCENES = (
    Scene("panel", 120, 36, (*READING, ("a", "Read what?"), ("paper.pdf Enter", "paper.pdf"), ("n", "sentence 5"))),
    Scene("panel_faces", 112, 22, (*READING, ("F6", "Vera"))),
    Scene("panel_settings", 80, 24, (*READING, ("F2", "speaking rate"))),
)


def main() -> None:
    """Each scene, one after the other."""
    for scene in SCENES:
        with _panel(scene) as show:
            for keys, words in scene.steps:
                show(keys, words)
            while UNFINISHED in show("", "") or UNSEEN in show("", ""):
                time.sleep(LOOK_S)
            time.sleep(SETTLED_S)
            picture = painted(show("", ""), scene.columns, scene.rows)
        picture.save(DOCS / f"{scene.name}.png", optimize=True)


@contextmanager
def _panel(scene: Scene) -> Iterator[Callable[[str, str], str]]:
    """A way to press keys, wait for words, and get what the screen shows with its colours."""
    with tempfile.TemporaryDirectory(prefix="nr-") as home:
        server = ["tmux", "-L", f"narrator-pictures-{os.getpid()}", "-f", "/dev/null"]
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "TMUX")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        environment |= {f"XDG_{name}": home for name in ("CONFIG_HOME", "STATE_HOME", "CACHE_HOME", "RUNTIME_DIR")}
        environment |= {"COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}

        def tmux(*words: str) -> str:
            done = subprocess.run([*server, *words], env=environment, cwd=ROOT / "examples", capture_output=True)
            return done.stdout.decode(errors="replace")

        def show(keys: str, words: str) -> str:
            if keys:
                tmux("send-keys", "-t", "p", *keys.split())
            deadline = time.monotonic() + LIMIT_S
            while words not in tmux("capture-pane", "-p", "-t", "p"):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{words!r} is not shown; the screen:\n{tmux('capture-pane', '-p', '-t', 'p')}")
                time.sleep(LOOK_S)
            return tmux("capture-pane", "-p", "-e", "-N", "-t", "p")

        command = shlex.join([sys.executable, "-m", "narrator", "panel", "page.html"])
        tmux("new-session", "-d", "-s", "p", "-x", str(scene.columns), "-y", str(scene.rows), command)
        try:
            yield show
        finally:
            tmux("send-keys", "-t", "p", "q")
            time.sleep(1.0)
            tmux("kill-server")


def painted(screen: str, columns: int, rows: int) -> Image.Image:
    """What a terminal was told to show, with its escape sequences in; a picture of it out."""
    picture = Image.new("RGB", (columns * CELL[0], rows * CELL[1]), PAPER)
    draw = ImageDraw.Draw(picture)
    console = Console(width=columns, color_system="truecolor", force_terminal=True, legacy_windows=False)
    lines = AnsiDecoder().decode(screen)  # all at once: a colour holds on over the ends of lines
    for row, line in enumerate(islice(lines, rows)):
        column = 0
        line.no_wrap = True
        for segment in console.render(line, console.options):
            for cell in segment.text.rstrip("\n"):
                _letter(draw, cell, segment.style or Style.null(), (column * CELL[0], row * CELL[1]))
                column += Segment(cell).cell_length
    return picture


def _letter(draw: ImageDraw.ImageDraw, letter: str, style: Style, at: tuple[int, int]) -> None:
    ink, paper = _colours(style)
    x, y = at
    draw.rectangle((x, y, x + CELL[0] - 1, y + CELL[1] - 1), fill=paper)
    if letter == HALF_BLOCK:  # exactly, since the font's own leaves seams
        draw.rectangle((x, y, x + CELL[0] - 1, y + CELL[1] // 2 - 1), fill=ink)
    elif letter in FRAMES:
        _frame(draw, FRAMES[letter], ink, at)
    elif letter != " ":
        draw.text((x, y), letter, fill=ink, font=_font(bool(style.bold)))
    if style.underline:
        draw.line((x, y + CELL[1] - 2, x + CELL[0] - 1, y + CELL[1] - 2), fill=ink)


def _frame(draw: ImageDraw.ImageDraw, ways: str, ink: Colour, at: tuple[int, int]) -> None:
    """Lines from the middle of a cell to its edges."""
    x, y = at[0] + CELL[0] // 2, at[1] + CELL[1] // 2
    ends = {"u": (x, at[1]), "d": (x, at[1] + CELL[1] - 1), "l": (at[0], y), "r": (at[0] + CELL[0] - 1, y)}
    for way in ways:
        draw.line((x, y, *ends[way]), fill=ink)


def _colours(style: Style) -> tuple[Colour, Colour]:
    ink = tuple(style.color.get_truecolor()) if style.color and not style.color.is_default else INK
    paper = (
        tuple(style.bgcolor.get_truecolor(foreground=False))
        if style.bgcolor and not style.bgcolor.is_default
        else PAPER
    )
    return (paper, ink) if style.reverse else (ink, paper)


@cache
def _font(is_bold: bool) -> ImageFont.FreeTypeFont:
    wanted = font_manager.FontProperties(family="DejaVu Sans Mono", weight="bold" if is_bold else "normal")
    return ImageFont.truetype(font_manager.findfont(wanted), LETTER_PX)


if __name__ == "__main__":
    main()
