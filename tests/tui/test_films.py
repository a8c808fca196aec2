"""A film in the making shows how far it has come, outlives the panel if it is let to, and is found by the next one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Button

from narrator.live_session import running_narration
from tests.tui.panel_world import World
from tests.tui.test_app import home as home
from tui.film import Film
from tui.films_view import FilmBar, FilmsView
from tui.leave_screen import GIVE_UP, KEEP, LeaveScreen
from tui.remembered import Remembered, recall

LONG = "One two three four five six seven eight nine ten. " * 90
SHORT = "One two three."


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[list[Film]]:
    """Those that a test began, which end with it."""
    films: list[Film] = []
    yield films
    for film in films:
        film.stop()
        if film._process is not None:
            film._process.wait()


def film(folder: Path, text: str, begun: list[Film], sources: int = 1) -> Film:
    """A small one of a silent voice and a face that does not move."""
    named = []
    for number in range(sources):
        named.append(str(folder / f"text{number}.txt"))
        Path(named[-1]).write_text(text)
    words = ["read", *named, "--to", str(folder / "film.mp4"), "--voice", "silent", "--presenter", "still"]
    begun.append(Film.begun([*words, "--width", "320", "--height", "240"], str(folder / "film.mp4")))
    return begun[0]


def test_it_tells_how_far_it_has_come_over_all_its_sources(home: Path, begun: list[Film]) -> None:
    made = film(home, LONG, begun, sources=2)
    shares = list(made.progress())
    assert shares == sorted(shares)
    assert len({round(share, 2) for share in shares}) > 10
    assert any(share < 0.5 for share in shares)
    assert max(shares) > 0.5
    assert made.is_made()
    assert made.fault() == ""


def test_one_that_cannot_be_made_says_why(home: Path, begun: list[Film]) -> None:
    (home / "film.mp4").mkdir()
    made = film(home, SHORT, begun)
    assert list(made.progress()) == [] or not made.is_made()
    assert "film.mp4" in made.fault()


def test_commands_without_an_id_do_not_mean_a_film(home: Path, begun: list[Film]) -> None:
    from narrator.live_session import steerable
    from narrator.settings import Settings
    from tests.narrator.quick_narration import quick_session

    session = quick_session([])
    try:
        with steerable(session, Settings(voice="silent", presenter="still")) as number:
            made = film(home, LONG, begun)
            next(made.progress())
            with running_narration() as meant:
                assert meant.id == number
    finally:
        session.close(completed=False)


async def with_a_film(world: World, folder: Path, begun: list[Film]) -> FilmsView:
    """The panel, once it shows a film that is being made."""
    films = world.panel.query_one(FilmsView)
    await films.add(film(folder, LONG, begun))
    await world.until(lambda: any("%" in bar.words for bar in films.under_way()))
    return films


def test_closing_the_panel_asks_and_lets_it_be_made_to_the_end(home: Path, begun: list[Film]) -> None:
    first = World()

    async def story(world: World) -> None:
        await with_a_film(world, home, begun)
        await world.press("q")
        await world.until(lambda: isinstance(world.panel.screen, LeaveScreen) and "film.mp4: " in world.shown())
        await world.press("escape")
        assert world.panel.is_running
        await world.press("q")
        await world.until(lambda: isinstance(world.panel.screen, LeaveScreen))
        world.panel.screen.query_one(f"#{KEEP}", Button).press()
        await world.until(lambda: not world.panel.is_running)

    first.run(story)
    assert [noted["target"] for noted in recall().films] == [str(home / "film.mp4")]
    second = World(remembered=Remembered(films=recall().films))

    async def after(world: World) -> None:
        await world.until(lambda: "The film film.mp4 is ready." in world.lines)
        await world.until(lambda: not world.panel.query(FilmBar))

    second.run(after)
    assert (home / "film.mp4").stat().st_size > 0
    assert recall().films == []
    assert list((home / "XDG_STATE_HOME" / "narrator" / "films").iterdir()) == []


def test_it_is_given_up_where_that_is_wished(home: Path, begun: list[Film]) -> None:
    async def story(world: World) -> None:
        await with_a_film(world, home, begun)
        await world.press("q")
        await world.until(lambda: isinstance(world.panel.screen, LeaveScreen))
        world.panel.screen.query_one(f"#{GIVE_UP}", Button).press()
        await world.until(lambda: not world.panel.is_running)

    World().run(story)
    assert recall().films == []
    process = begun[0]._process
    assert process is not None
    process.wait()
    assert not [name for name in os.listdir(home) if name.endswith(".mp4")]
    assert list((home / "XDG_STATE_HOME" / "narrator" / "films").iterdir()) == []


def test_one_is_at_work_until_its_process_has_ended_not_only_its_socket(home: Path, begun: list[Film]) -> None:
    made = film(home, SHORT, begun)
    found = Film.noted(made.note)
    assert found is not None
    for _ in found.progress():
        pass
    assert made._process is not None
    assert made._process.wait(5.0) == 0
    assert found.is_made()


def test_a_note_that_makes_no_sense_is_left_out() -> None:
    assert Film.noted({"id": "many"}) is None
    assert Film.noted({}) is None
    assert Film.noted({"id": 1, "target": "film.mp4", "log": "/etc/passwd", "sources": 1}) is None
