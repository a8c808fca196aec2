"""A real narration in, the panel on a screen of any size out, with keys to press: what the tests of the panel need."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from narrator.errors import SourceMissing
from narrator.flow import Block, BlockKind, Passage
from narrator.live_session import commands
from narrator.session import Session, Status
from narrator.session_commands import SessionStates
from narrator.settings import Settings
from narrator.stages import Output
from tests.narrator.quick_narration import SlowOutput, passage, quick_session
from tui.app import Panel
from tui.narration import Answer
from tui.remembered import Remembered

LIMIT_S = 60.0
LOOK_S = 0.2
ROUNDS = 3
"""From the driver to the panel, from there to the part that is chosen, and to what that tells others."""
LONG = "One two three four five six seven eight nine ten."


def chapters(source: str = "book", count: int = 30) -> Passage:
    """Headings and paragraphs of two sentences in turn."""
    blocks: list[Block] = []
    for number in range(1, count + 1):
        blocks += [
            Block(BlockKind.HEADING, f"Chapter {number}.", level=1),
            Block(BlockKind.PARAGRAPH, f"{LONG} And chapter {number} ends."),
        ]
    return Passage(source, "", "en", tuple(blocks))


def open_source(source: str) -> Passage:
    """Words are a text of their own; what begins with "no" is not there."""
    if source.startswith("no"):
        raise SourceMissing("a source", f"there is no {source}", "Name another.")
    if Path(source).is_file():
        return passage(Path(source).read_text(), source=source)
    return chapters(source)


class NarrationHere:
    """Follows tui.narration.Narration, without the process and the socket in between."""

    is_own = True

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._commands = commands(session, settings)
        self._is_closed = threading.Event()

    def ask(self, command: str, **fields: object) -> Answer:
        return self._commands.answer({"command": command, **fields})

    def watch(self) -> Iterator[Answer]:
        states = SessionStates(self._session)
        yield states.newest()
        while not self._is_closed.is_set() and self._session.state.status is not Status.CLOSED:
            if news := states.next(LOOK_S):
                yield news[0]

    def close(self) -> None:
        self._is_closed.set()


class World:
    """A session, its panel, and how to wait for either."""

    def __init__(self, *outputs: Output, remembered: Remembered | None = None) -> None:
        self.session: Session = quick_session(outputs or [SlowOutput()], open_source, reads_ahead=True)
        self.remembered = remembered or Remembered()
        self.panel = Panel(self._open, self.remembered)
        self.pilot: Pilot[Any]

    def _open(self) -> NarrationHere:
        return NarrationHere(self.session, Settings(voice="silent", presenter="still"))

    def run(self, story: Callable[[World], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> None:
        """The story, on a screen of that size."""

        async def told() -> None:
            async with self.panel.run_test(size=size) as self.pilot:
                await self.until(lambda: "Ready." in self.lines)
                await story(self)

        try:
            asyncio.run(told())
        finally:
            self.close()

    def close(self) -> None:
        """The narration ends."""
        self.session.close(completed=False)

    async def press(self, *keys: str) -> None:
        """One after the other, each heard by its part; Textual's own way also waits for a process that is idle."""
        driver = self.panel._driver
        assert driver is not None
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            pressed = Key(name, key if len(key) == 1 else {"space": " "}.get(key))
            pressed.set_sender(self.panel)
            driver.send_message(pressed)
            for _ in range(ROUNDS):
                await self.pilot._wait_for_screen()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits for it while the panel lives."""
        deadline = time.monotonic() + LIMIT_S
        while not condition():
            assert time.monotonic() < deadline, f"it did not happen; the panel said: {self.lines}"
            await asyncio.sleep(0.02)

    @property
    def lines(self) -> list[str]:
        """All that the panel told."""
        return [line for line, _ in self.panel.log_lines]

    def shown(self) -> str:
        """The letters on the screen."""
        strips = self.panel.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)
