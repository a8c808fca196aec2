"""Without colours every state is still told by letters, and without animations nothing moves by itself."""

from __future__ import annotations

import asyncio
import re
import time

import pytest
from textual import constants

from tests.golden_pictures import GOLDEN
from tests.tui.screen_text import Painted, in_themes, painted
from tests.tui.still_narration import STATE
from tests.tui.test_app import home as home
from tests.tui.test_screens import StillWorld
from tests.tui.test_screens import still as still
from tui.themes import THEMES

BLINK_S = 0.5
"""Of a cursor in Textual."""
LEAST = {"narrator-dark": 4.5, "narrator-light": 4.5, "narrator-contrast": 7.0}
"""Contrast of letters: WCAG 2.2, 1.4.3 and 1.4.6."""
NO_LETTERS = " ▀▏━╸╺─│╭╮╰╯▁▂▃▄▅▆▇█▼"


def styles_of(screen: Painted) -> set[str]:
    return {style for row in screen[1] for style in row}


def test_without_colours_all_is_grey_and_the_spoken_word_is_still_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    styles = styles_of(StillWorld(STATE, "narrator-dark").painted((), (80, 24), None))
    colours = {colour for style in styles for colour in re.findall(r"#(\w{6})", style)}
    assert len(colours) > 3
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)
    assert any("bold underline" in style for style in styles)


@pytest.mark.parametrize(("level", "rests"), [("none", True), ("full", False)])
def test_a_cursor_blinks_only_where_things_may_move(level: str, rests: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", level)
    world = StillWorld(STATE, "narrator-dark")
    world.panel.animation_level = constants.TEXTUAL_ANIMATIONS
    rested: list[bool] = []

    async def watch(_: object) -> Painted:
        begin_s = since_s = time.monotonic()
        last = painted(world.panel)
        while time.monotonic() - since_s < 4 * BLINK_S and time.monotonic() - begin_s < 16 * BLINK_S:
            await asyncio.sleep(BLINK_S / 5)
            if painted(world.panel) != last:
                last, since_s = painted(world.panel), time.monotonic()
        rested.append(time.monotonic() - since_s >= 4 * BLINK_S)
        return last

    monkeypatch.setattr(world, "settled", watch)
    world.painted(("t",), (80, 24), None)
    assert rested == [rests]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
@pytest.mark.parametrize(
    "name", ["empty", "reading", "cursor", "queue", "outline", "settings", "typing", "faces", "help"]
)
def test_every_letter_stands_out_from_its_ground(name: str, theme: str) -> None:
    letters, styles = in_themes((GOLDEN / "panel" / f"{name}_120x40.txt").read_text(encoding="utf-8"))[theme]
    faint = {
        style: letter
        for text, row in zip(letters, styles, strict=True)
        for letter, style in zip(text, row, strict=len(text) == len(row))
        if letter not in NO_LETTERS and contrast(style) < LEAST[theme]
    }
    assert not faint


def contrast(style: str) -> float:
    """WCAG 2.2's ratio of ink and paper; reversing them changes nothing."""
    found = [luminance(colour) for colour in re.findall(r"#(\w{6})", style)]
    return (max(found) + 0.05) / (min(found) + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
