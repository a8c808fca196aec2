"""The page keeps the cursor on its word when lines are broken anew or more of the document is known."""

from __future__ import annotations

from tests.tui.panel_world import World
from tests.tui.test_app import home as home
from tests.tui.test_app import reading
from tui.reading_view import ReadingView


def test_the_cursor_stays_on_its_word_when_the_screen_changes() -> None:
    async def story(world: World) -> None:
        await reading(world)
        await world.press("space")
        page = world.panel.query_one(ReadingView)
        await world.until(lambda: len(page._lines) > 40)
        await world.press("down", "right", "right")
        chosen = page._chosen()
        assert chosen is not None
        width = page.size.width
        await world.pilot.resize_terminal(50, 20)
        await world.until(lambda: page.size.width != width)
        await world.until(lambda: page._chosen() == chosen)
        page.show_sentences(list(page._sentences))
        assert page._chosen() == chosen
        page.show_sentences([])
        assert page._chosen() is None

    World().run(story)
