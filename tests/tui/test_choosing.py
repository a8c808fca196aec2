"""Faces are chosen by their pictures, parts of the panel by letters, and phrases said by keys."""

from __future__ import annotations

from pathlib import Path

from narrator import settings
from narrator.session import Status
from tests.tui.panel_world import World
from tests.tui.test_app import home as home
from tests.tui.test_app import reading
from tui.faces_screen import FaceCard, FacesScreen
from tui.jump_screen import JumpScreen
from tui.remembered import note, recall
from tui.typing_line import TypingLine


def test_the_face_is_chosen_by_its_picture() -> None:
    async def story(world: World) -> None:
        await reading(world)
        await world.press("f6")
        await world.until(lambda: isinstance(world.panel.screen, FacesScreen))
        await world.until(lambda: "mina" in [card.name for card in world.panel.screen.query(FaceCard)])
        mina = next(card for card in world.panel.screen.query(FaceCard) if card.name == "mina")
        await world.until(lambda: mina.is_painted)
        mina.focus()
        await world.until(lambda: world.panel.focused is mina)
        await world.press("enter")
        await world.until(lambda: settings.load().presenter == "mina")

    World().run(story, (120, 40))


def test_a_letter_leads_to_each_part_of_the_panel() -> None:
    async def story(world: World) -> None:
        await world.press("j")
        await world.until(lambda: isinstance(world.panel.screen, JumpScreen))
        await world.press("s")
        await world.until(lambda: world.panel.focused is not None and world.panel.focused.id == "settings")
        await world.press("j", "t")
        await world.until(lambda: isinstance(world.panel.focused, TypingLine))
        await world.press("escape", "j", "z")
        await world.until(lambda: not isinstance(world.panel.screen, JumpScreen))

    World().run(story)


def test_a_phrase_is_kept_on_a_key_and_said_by_it(home: Path) -> None:
    async def story(world: World) -> None:
        await world.press("3")
        await world.until(lambda: any("Nothing is kept under 3" in line for line in world.lines))
        await world.press("t", *"3=Hello", "enter", "escape")
        await world.until(lambda: "The key 3 now says: Hello" in world.lines)
        await world.press("3")
        await world.until(lambda: "Said: Hello" in world.lines)
        await world.until(lambda: world.session.state.status is Status.IDLE and world.session.state.number == 1)
        note(world.remembered)

    World().run(story)
    assert recall().phrases == {"3": "Hello"}
