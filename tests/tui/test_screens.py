"""Every screen of the panel looks as it did, letter by letter and colour by colour, in each theme.

After a change that is meant, `pytest --regenerate` renews tests/golden/panel: look at what changed before committing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import tui.app
from tests.golden_pictures import GoldenText
from tests.tui.panel_world import World
from tests.tui.screen_text import Painted, as_text, in_themes, painted
from tests.tui.still_narration import NOTHING, SPOKEN, STATE, StillNarration
from tui.app import Panel
from tui.face_view import HALF_BLOCK, FaceView
from tui.reading_view import ReadingView
from tui.remembered import Remembered
from tui.themes import THEMES

SIZES = ((80, 24), (120, 40))
LOOK_S = 0.05
STAYS, MOST = 100, 600
"""Looks: a screen that shows something else for so many will not change any more, and one that changes all the time is
not still. Looks are counted, not seconds: a machine may be busy, or the test be held for a while."""
SCREENS: Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]] = {
    "empty": ((), NOTHING),
    "reading": ((), STATE),
    "cursor": (("down", "right"), STATE),
    "queue": (("u", "down"), STATE),
    "outline": (("o",), STATE),
    "settings": (("f2",), STATE),
    "outputs": (("f3",), STATE),
    "typing": (("t", *"Hello"), STATE),
    "add": (("a",), STATE),
    "export": (("e",), STATE),
    "faces": (("f6",), STATE),
    "jump": (("j",), STATE),
    "help": (("f1",), STATE),
}
"""(keys, what the narration is at)"""


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing moves by itself, and the folder has no film in it."""
    monkeypatch.setattr(tui.app, "LAID_OUT_S", 0.1)
    monkeypatch.chdir(tmp_path)


class StillWorld(World):
    """The panel in one of its themes, before a narration that does not move."""

    def __init__(self, state: Mapping[str, Any], theme: str) -> None:
        self.is_idle = state is NOTHING
        self.panel = Panel(lambda: StillNarration(state), Remembered(theme=theme))
        self.panel.animation_level = "none"

    def painted(self, keys: tuple[str, ...], size: tuple[int, int], wanted: Painted | None) -> Painted:
        """The screen after these keys: as it is wanted, or else what it stays at."""
        got: list[Painted] = []

        async def told() -> None:
            async with self.panel.run_test(size=size) as self.pilot:
                await self.until(self.is_laid_out)
                await self.press(*keys)
                got.append(await self.settled(wanted))

        asyncio.run(told())
        return got[0]

    def is_laid_out(self) -> bool:
        """Whether what the narration told at its beginning is on the screen."""
        shown, face, page = self.shown(), self.panel.query_one(FaceView), self.panel.query_one(ReadingView)
        if face.display and HALF_BLOCK not in shown:
            return False
        return "Nothing to read" in shown if self.is_idle else page._spoken == SPOKEN and len(page._lines) > 0

    async def settled(self, wanted: Painted | None) -> Painted:
        """Once it is as wanted, or has not changed for long."""
        stays, last, same = STAYS if wanted else STAYS // 4, None, 0
        for _ in range(MOST):
            now = painted(self.panel)
            same = same + 1 if now == last else 0
            if now == wanted or same > stays:
                break
            last = now
            await asyncio.sleep(LOOK_S)
        return now


def looks(
    name: str, keys: tuple[str, ...], state: Mapping[str, Any], size: tuple[int, int], golden: GoldenText
) -> None:
    """As it did, in every theme."""
    golden.name(f"panel/{name}_{size[0]}x{size[1]}")
    kept = in_themes(golden.wanted)
    golden.check(
        as_text({one.name: StillWorld(state, one.name).painted(keys, size, kept.get(one.name)) for one in THEMES})
    )


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
def test_it_looks_as_it_did(name: str, size: tuple[int, int], golden_text: GoldenText) -> None:
    looks(name, *SCREENS[name], size, golden_text)


@pytest.mark.parametrize("size", [(20, 5), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_so_it_does_on_the_smallest_and_on_a_large_screen(size: tuple[int, int], golden_text: GoldenText) -> None:
    looks("reading", *SCREENS["reading"], size, golden_text)
