"""The panel shows and steers a real narration, by key and pointer, and says in words what changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Select

from narrator import settings
from narrator.session import Status
from tests.narrator.quick_narration import SlowOutput
from tests.tui.panel_world import LONG, World
from tui.add_screen import AddScreen
from tui.app import Panel
from tui.outputs_view import OutputRow
from tui.page import words
from tui.reading_view import ReadingView
from tui.remembered import Remembered
from tui.settings_view import SettingRow


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    with tempfile.TemporaryDirectory(prefix="nr-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield tmp_path


async def reading(world: World, source: str = "book") -> None:
    world.session.enqueue(source)
    await world.until(lambda: world.session.state.word != "" and "Chapter 1." in world.shown())


def begun_at(world: World) -> tuple[int, int]:
    """The sentence, and the character of the word it was begun from."""
    state = world.session.state
    return state.sentence_index, state.marks[0][0] if state.marks else -1


def test_it_shows_what_is_read_and_the_keys_steer_it() -> None:
    async def story(world: World) -> None:
        await reading(world)
        session = world.session
        await world.press("space")
        await world.until(lambda: session.state.status is Status.PAUSED and "Paused at" in world.shown())
        await world.press("h")
        await world.until(lambda: session.state.sentence == "Chapter 2.")
        await world.press("n")
        await world.until(lambda: session.state.sentence.startswith("One two"))
        await world.press("N")
        await world.until(lambda: session.state.sentence == "Chapter 3.")
        await world.press("H")
        await world.until(lambda: session.state.sentence == "Chapter 2.")
        await world.press("p")
        await world.until(lambda: session.state.sentence == "And chapter 1 ends.")
        await world.press("s")
        await world.until(lambda: 0 < session.state.rate_wpm < 130)
        await world.press("space")
        await world.until(lambda: session.state.status is Status.SPEAKING)
        await world.press("plus")
        await world.until(lambda: session.state.rate_wpm == 140 and "140 words a minute." in world.lines)
        await world.press("x")
        await world.until(lambda: session.state.status is Status.IDLE and session.state.stopped)

    World().run(story)


def test_a_click_or_enter_on_a_word_goes_there() -> None:
    async def story(world: World) -> None:
        await reading(world)
        await world.press("space")
        await world.until(lambda: "Chapter 3." in world.shown())
        page = world.panel.query_one(ReadingView)
        row = next(number for number, line in enumerate(page._lines) if line and "Chapter 3." in line[0].text)
        indent = page._indent()
        await world.pilot.click(ReadingView, offset=(indent + len("One two thr"), row + 2 - page.scroll_offset.y))
        await world.until(lambda: begun_at(world) == (7, LONG.index("three")))
        await world.press("right", "enter")
        await world.until(lambda: begun_at(world) == (7, LONG.index("four")))
        await world.press("up", "enter")
        await world.until(lambda: world.session.state.sentence == "Chapter 3.")

    World().run(story, (80, 40))


def test_what_cannot_be_read_is_told_in_a_line_and_the_panel_lives_on() -> None:
    async def story(world: World) -> None:
        await world.press("a", *"nothing", "enter")
        await world.until(lambda: any("there is no nothing" in line for line in world.lines))
        await world.press("a", *"page", "enter")
        await world.until(lambda: world.session.state.source == "page")

    World().run(story)


def test_the_queue_is_moved_and_removed_by_key() -> None:
    async def story(world: World) -> None:
        await reading(world)
        for name in ("first", "second", "third"):
            world.session.enqueue(name)
        await world.until(lambda: "third" in world.shown())
        await world.press("u", "end", "left_square_bracket")
        await world.until(lambda: [one.name for one in world.session.state.waiting] == ["first", "third", "second"])
        await world.until(lambda: "third is number 2." in world.lines)
        await world.press("delete")
        await world.until(lambda: [one.name for one in world.session.state.waiting] == ["first", "second"])

    World().run(story)


def test_a_line_typed_is_said_at_once_and_comes_back_with_up() -> None:
    async def story(world: World) -> None:
        await reading(world)
        await world.press("t", *"Hello", "space", *"there", "enter")
        await world.until(lambda: "Hello there" in "".join(world.lines))
        await world.until(lambda: "Reading what was typed." in world.lines)
        await world.press("up")
        assert world.panel.query_one("#say").value == "Hello there"  # type: ignore[attr-defined]
        await world.press("escape")
        assert world.remembered.said == ["Hello there"]

    World().run(story)


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 60)])
def test_it_lives_on_any_screen_with_the_spoken_word_in_view(size: tuple[int, int]) -> None:
    async def story(world: World) -> None:
        world.session.enqueue("book")
        await world.until(lambda: world.session.state.word_index > 1)
        await world.press("space")
        await world.until(lambda: "One two" in world.shown() or "Chapter" in world.shown())
        await world.pilot.resize_terminal(20, 5)
        await world.pilot.resize_terminal(*size)
        sentence = world.session.state.sentence
        first = sentence[slice(*words(sentence)[0])]
        await world.until(lambda: first in world.shown())

    World().run(story, size)


def test_closing_it_notes_what_was_read_and_what_waited() -> None:
    world = World(SlowOutput(), remembered=Remembered(theme="narrator-light"))

    async def story(world: World) -> None:
        await reading(world)
        world.session.enqueue("more")
        await world.until(lambda: "more" in world.shown())
        await world.press("c")
        assert world.panel.theme == "narrator-contrast"

    world.run(story)
    assert world.remembered.sources == ["book", "more"]
    assert world.remembered.theme == "narrator-contrast"


def test_where_there_is_nothing_to_attach_to_it_says_so() -> None:
    import asyncio

    from tui.narration import AttachedNarration

    async def story() -> None:
        panel = Panel(AttachedNarration, Remembered())
        async with panel.run_test() as pilot:
            for _ in range(100):
                if len(panel.log_lines) > 1:
                    break
                await pilot.pause(0.02)
            await pilot.press("space")
            await pilot.pause(0.1)
            assert panel.is_running
        assert any("none is running" in line for line, _ in panel.log_lines)

    asyncio.run(story())


def test_a_setting_takes_effect_at_once_is_remembered_and_nonsense_is_taken_back() -> None:
    async def story(world: World) -> None:
        await reading(world)
        await world.press("f2")
        await world.until(lambda: "words a minute; 80 to 200" in world.shown())
        line = next(row for row in world.panel.query(SettingRow) if row.name_of_it == "rate").query_one(Input)
        line.focus()
        line.value = "170"
        await world.press("enter")
        await world.until(lambda: world.session.state.rate_wpm == 170)
        await world.until(lambda: settings.load().rate == 170)
        line.value = "9000"
        await world.press("enter")
        await world.until(lambda: any("9000 came" in told for told in world.lines) and line.value == "170")

    World().run(story, (120, 40))


def test_a_films_name_may_lack_its_ending_but_not_have_another(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(world: World) -> None:
        asked: list[str] = []
        monkeypatch.setattr(world.panel.conductor, "film", asked.append)
        await reading(world)
        await world.press("e")
        await world.until(lambda: "Make a film" in world.shown())
        name = world.panel.screen.query_one("#film-name", Input)
        name.value = str(home / "talk.avi")
        await world.press("enter")
        await world.until(lambda: "ends in .mp4, not in .avi" in world.shown())
        name.value = str(home / "talk")
        await world.press("enter")
        await world.until(lambda: asked == [str(home / "talk.mp4")])

    World().run(story, (120, 40))


def test_on_the_smallest_screen_there_is_a_line_to_add_a_source(home: Path) -> None:
    async def story(world: World) -> None:
        await world.press("a")
        await world.until(lambda: isinstance(world.panel.screen, AddScreen))
        await world.until(lambda: world.panel.screen.query_one("#source").region.area > 0)
        await world.press(*"https")
        await world.until(lambda: "https" in world.shown())

    World().run(story, (20, 5))


def test_outputs_are_opened_and_shut_and_what_cannot_be_had_says_why(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    async def story(world: World) -> None:
        await reading(world)
        await world.press("f3")
        await world.until(lambda: "neither DISPLAY" in world.shown())
        film = next(row for row in world.panel.query(OutputRow) if row.kind == "film")
        await world.until(lambda: film.is_mounted)
        film.query_one(Input).value = str(home / "talk.mp4")
        film.query_one(Button).press()
        await world.until(lambda: str(home / "talk.mp4") in world.session.state.outputs)
        await world.until(lambda: any("talk.mp4 is open" in line for line in world.lines))
        world.panel.conductor.ask("shut", {"target": str(home / "talk.mp4")})
        await world.until(lambda: (home / "talk.mp4").exists())
        assert world.session.state.status is Status.SPEAKING

    World().run(story, (120, 50))


def test_the_outline_leads_to_headings_and_f1_explains_what_is_chosen() -> None:
    async def story(world: World) -> None:
        await reading(world)
        await world.press("space", "o")
        await world.until(lambda: world.panel.query_one("#outline").option_count == 30)  # type: ignore[attr-defined]
        await world.press("down", "down", "down", "enter")
        await world.until(lambda: world.session.state.sentence == "Chapter 4.")
        await world.press("f1")
        await world.until(lambda: "Enter reads on from one" in world.shown())
        await world.press("escape", "f5")
        await world.until(lambda: "Paused at sentence" in world.shown())

    World().run(story)


def test_people_choose_their_own_keys(home: Path) -> None:
    from tui.remembered import keys_path, recall

    keys_path().parent.mkdir(parents=True)
    keys_path().write_text('[keys]\npause = "z"\n')

    async def story(world: World) -> None:
        await reading(world)
        await world.press("z")
        await world.until(lambda: world.session.state.status is Status.PAUSED)

    World(remembered=recall()).run(story)


def test_the_face_is_chosen_from_all_there_are() -> None:
    def chooser(world: World) -> Select[str]:
        return next(row for row in world.panel.query(SettingRow) if row.name_of_it == "presenter").query_one(Select)

    async def story(world: World) -> None:
        await reading(world)
        await world.press("f2")
        await world.until(lambda: "words a minute; 80 to 200" in world.shown())
        await world.until(lambda: "mina" in [value for _, value in chooser(world)._options])
        chooser(world).value = "mina"
        await world.until(lambda: settings.load().presenter == "mina")

    World().run(story, (120, 40))
