"""Where a terminal can show real pictures, faces are shown by them; elsewhere nothing of it is asked or loaded."""

from __future__ import annotations

import os
import pty
import re
import threading
from collections.abc import Iterator

import pytest

from narrator.settings import Settings
from tests.tui.panel_world import NarrationHere, World
from tests.tui.still_narration import STATE
from tests.tui.test_app import home as home
from tests.tui.test_plain_looks import contrast
from tests.tui.test_screens import StillWorld
from tui.faces_screen import FaceCard, FacesScreen
from tui.sight import Sight
from tui.stills import KITTY, QUESTIONS, SIXEL, Stills, answer, cell_of, kind_of, stills, widget_of

XTERM, VT340 = b"\x1b[?64;1;2;6;22c", b"\x1b[?63;1;2;4;6;22c"
CELL = b"\x1b[6;19;9t"
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3."""


@pytest.mark.parametrize(
    ("said", "is_kitty", "kind"),
    [
        (CELL + VT340, False, SIXEL),
        (VT340 + b"4", True, SIXEL),
        (XTERM, False, ""),
        (b"\x1b[?62;c", True, KITTY),
        (b"", True, ""),
        (b"\x1b[?4;1c", False, ""),  # a VT132, whose first number is its class
    ],
)
def test_what_a_terminal_says_of_itself_is_believed(said: bytes, is_kitty: bool, kind: str) -> None:
    assert kind_of(said, is_kitty=is_kitty) == kind


def test_a_cell_is_as_large_as_the_terminal_says_or_as_usual() -> None:
    assert cell_of(CELL + VT340) == (9, 19)
    assert cell_of(VT340) == (10, 20)
    assert cell_of(b"\x1b[6;0;0t") == (10, 20)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """(what the person has, what the program has)"""
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def test_the_terminal_is_asked_and_its_keyboard_left_as_it_was(terminal: tuple[int, int]) -> None:
    import termios

    ours, theirs = terminal
    before = termios.tcgetattr(theirs)

    def say() -> None:
        asked = b""
        while QUESTIONS not in asked:
            asked += os.read(ours, 1024)
        os.write(ours, CELL + VT340)

    person = threading.Thread(target=say)
    person.start()
    assert answer(theirs, theirs) == CELL + VT340
    person.join()
    assert termios.tcgetattr(theirs) == before


def test_one_that_does_not_answer_is_not_waited_for_long(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.stills.LIMIT_S", 0.05)
    assert answer(terminal[1], terminal[1]) == b""


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1", "TERM": "xterm-kitty"}, {"TERM": "dumb"}, {}])
def test_without_colours_or_a_terminal_nothing_is_asked(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.stills.answer", lambda *_: pytest.fail("it was asked"))
    assert stills(environment) is None


class Pictures(World):
    """A panel in a terminal that knows sixels."""

    def __init__(self) -> None:
        super().__init__()
        self.panel.stills = Stills(widget_of(SIXEL, (9, 19)))

    def _open(self) -> NarrationHere:
        return NarrationHere(self.session, Settings(voice="silent"))

    def sixels(self) -> list[str]:
        """Those that are on the screen now."""
        strips = self.panel.screen._compositor.render_strips()
        return re.findall(r"\x1bP[^\x1b]*\x1b\\", "".join(segment.text for strip in strips for segment in strip))


def test_presenters_are_chosen_by_real_pictures_which_stay_while_it_reads_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story(world: World) -> None:
        assert isinstance(world, Pictures)
        world.session.enqueue("book")
        await world.press("f6")
        await world.until(lambda: isinstance(world.panel.screen, FacesScreen))
        await world.until(lambda: len(world.panel.screen.query(FaceCard)) == len(world.sixels()) > 1)
        assert world.panel.is_covered
        painted: list[object] = []
        monkeypatch.setattr(world.panel.screen, "refresh", lambda *regions, **_: painted.append(regions))
        before = world.session.state
        world.session.enqueue("another")
        await world.until(
            lambda: world.session.state.number > before.number or world.session.state.sentence != before.sentence
        )
        assert painted == []

    Pictures().run(story, (120, 40))


def test_v_shows_the_face_moving_then_as_a_still_then_not_at_all() -> None:
    async def story(world: World) -> None:
        assert isinstance(world, Pictures)
        await world.press("v")
        await world.until(lambda: len(world.sixels()) == 1)
        assert world.remembered.face == "still"
        await world.press("v")
        assert not world.panel.query_one(Sight).display
        await world.press("v")
        await world.until(lambda: world.sixels() == [] and world.remembered.face == "moving")

    Pictures().run(story, (120, 40))


def test_without_pictures_v_takes_the_face_away_and_brings_it_back() -> None:
    async def story(world: World) -> None:
        shown = world.panel.query_one(Sight)
        await world.press("v")
        assert not shown.display
        await world.press("v")
        assert shown.display

    World().run(story, (120, 40))


def test_the_mark_of_the_face_in_half_blocks_can_be_read() -> None:
    letters, styles = StillWorld(STATE, "narrator-dark").painted((), (120, 40), None)
    row = next(number for number, line in enumerate(letters) if " synthetic " in line)
    at = letters[row].index("synthetic")
    assert all(contrast(style) > LEAST_CONTRAST for style in styles[row][at : at + len("synthetic")])
