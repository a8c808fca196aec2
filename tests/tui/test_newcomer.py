"""What somebody tries who has read nothing: it is understood, or the line that says what changed says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.panel_world import World
from tests.tui.test_app import home as home
from tui.add_screen import are_words
from tui.export_screen import begun, free_name
from tui.news import NOTHING_YET, news
from tui.palette import palette
from tui.remembered import keys_path, notes_path, recall
from tui.transport import TimeLeft, clock
from tui.welcome import welcome


@pytest.mark.parametrize(
    ("line", "is_text"),
    [
        ("Hello, it is five o'clock.", True),
        ("https://example.org/a page", False),
        ("report.pdf", False),
        ("my report.pdf", False),
        ("~/my notes", False),
        ("clipboard", False),
        ("", False),
        ("a\0b c", True),
        ("x " * 3000, True),
    ],
)
def test_words_are_told_from_names(line: str, is_text: bool) -> None:
    assert are_words(line) is is_text


def test_a_file_with_a_space_in_its_name_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my notes").write_text("One.")
    assert not are_words("'my notes'")


def test_words_typed_where_a_name_is_asked_for_are_read() -> None:
    async def story(world: World) -> None:
        await world.press("a")
        await world.until(lambda: "Read what?" in world.shown())
        await world.press(*"One two", "space", *"three.", "enter")
        await world.until(lambda: world.session.state.sentence == "One two three.")

    World().run(story)


def test_a_film_of_nothing_is_refused_in_words() -> None:
    async def story(world: World) -> None:
        await world.press("e")
        await world.until(lambda: any("there is no film to make" in line for line in world.lines))
        assert len(world.panel.screen_stack) == 1

    World().run(story)


def test_why_nothing_is_read_is_not_talked_over() -> None:
    opening = {**NOTHING_YET, "status": "opening", "source": "page", "number": 1, "finished": 0, "stopped": False}
    assert list(news(opening, {**opening, "status": "idle"})) == []
    assert list(news(opening, {**opening, "status": "idle", "finished": 1})) == [("Done: nothing more to read.", False)]
    assert list(news(opening, {**opening, "status": "idle", "stopped": True}))[0][0].startswith("Stopped")


@pytest.mark.parametrize("word", ["camera", "film", "voice", "slower", "clipboard", "works", "heading"])
def test_the_palette_finds_what_a_newcomer_calls_it(word: str) -> None:
    async def story(world: World) -> None:
        titles = [command.title for command in palette(world.panel)]
        assert any(word in title.lower() for title in titles), titles

    World().run(story)


@pytest.mark.parametrize("width", [1, 8, 20, 42, 88, 120])
def test_the_welcome_fits_and_names_the_persons_own_keys(width: int) -> None:
    lines = welcome({"queue-add": "z"})(width)
    if width >= 20:
        assert all(len(line) <= width for line in lines)
        assert any(line.split()[:1] == ["z"] for line in lines)


def test_the_time_left_is_reckoned_from_what_was_done_since_it_was_looked_at() -> None:
    left = TimeLeft()
    assert left.seconds(0.5, 100.0) is None
    assert left.seconds(0.6, 102.0) is None
    assert left.seconds(0.75, 110.0) == pytest.approx(10.0)
    assert left.seconds(0.1, 111.0) == pytest.approx(36.0)
    assert clock(129.4) == "2:09"
    assert clock(3729.0) == "1:02:09"


def test_what_was_jumped_over_was_not_read_in_no_time() -> None:
    left = TimeLeft()
    for tenth in range(101):
        left.seconds(0.1 + 0.0001 * tenth, 0.1 * tenth, part=7)
    assert left.seconds(0.11, 10.0, part=7) == pytest.approx(890.0)
    assert left.seconds(0.60, 10.1, part=300) == pytest.approx(400.0)
    assert left.seconds(0.61, 20.1, part=300) == pytest.approx(390.0)
    assert left.seconds(0.01, 20.2, part=2) == pytest.approx(990.0)


def test_settings_of_ones_own_that_cannot_be_read_are_told_in_the_panel() -> None:
    keys_path().parent.mkdir(parents=True)
    keys_path().write_text("not toml [")
    notes_path().parent.mkdir(parents=True)
    notes_path().write_text("{")

    async def story(world: World) -> None:
        told = [line for line, is_fault in world.panel.log_lines if is_fault]
        assert len(told) == 2
        assert str(notes_path()) in told[0]
        assert str(keys_path()) in told[1]

    World(remembered=recall()).run(story)


def test_the_name_of_a_film_that_is_being_made_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert str(free_name()) == "narration.mp4"
    begun(free_name()).touch()
    assert str(free_name()) == "narration-2.mp4"
    free_name().touch()
    assert str(free_name()) == "narration-3.mp4"
