"""Whoever looks gets small pictures of the face that speaks; nothing is drawn for nobody, and no film is held up."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from narrator import assemble
from narrator.errors import NarratorError, OutputError
from narrator.live_preview import NAME, LivePreview
from narrator.live_session import commands
from narrator.session import Session
from narrator.session_commands import Commands
from narrator.settings import Settings
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for


class SilentWindow(SlowOutput):
    name = assemble.WINDOW


def speaking(output: SlowOutput) -> Session:
    session = quick_session([output])
    session.enqueue(passage(*["One two three."] * 60))
    wait_for(lambda: session.state.word != "")
    return session


@pytest.fixture
def session() -> Iterator[Session]:
    made = speaking(SilentWindow())
    yield made
    made.close(completed=False)


@pytest.fixture
def known(session: Session) -> Commands:
    return commands(session, Settings(voice="silent", presenter="still"))


def picture(known: Commands, columns: int = 30, half_rows: int = 24) -> dict[str, Any]:
    return known.answer({"command": "picture", "columns": columns, "half_rows": half_rows})


def test_a_picture_comes_with_the_next_sentence_and_goes_when_nobody_looks(session: Session, known: Commands) -> None:
    wait_for(lambda: picture(known)["pixels"] != "", 20.0)
    told = picture(known)
    assert len(base64.b64decode(told["pixels"])) == 3 * told["columns"] * told["half_rows"]
    assert abs(told["columns"] - 30) <= 2
    assert NAME in session.state.outputs
    assert picture(known, 0, 0)["pixels"] == ""
    wait_for(lambda: NAME not in session.state.outputs, 20.0)


def test_a_film_is_not_held_up_by_a_face_beside_it() -> None:
    session = speaking(SlowOutput())
    sights = LivePreview()
    sights.attach(session, Settings)
    with pytest.raises(OutputError, match="plays as it is heard"):
        sights.picture(30, 24)
    session.close(completed=False)


def test_a_presenter_is_seen_before_it_is_chosen_and_an_unknown_one_is_refused(known: Commands) -> None:
    told = known.answer({"command": "portrait", "name": "mina", "side_px": 24})
    pixels = base64.b64decode(told["pixels"])
    assert len(pixels) == 3 * 24 * 24
    assert len(set(pixels)) > 20
    with pytest.raises(NarratorError, match="nobody"):
        known.answer({"command": "portrait", "name": "nobody"})


def test_voices_and_presenters_are_offered_with_words_about_each(known: Commands) -> None:
    voices = dict(known.answer({"command": "offered", "name": "voice"})["offered"])
    assert "espeak-ng" in voices["espeak"]
    assert "mina" in dict(known.answer({"command": "offered", "name": "presenter"})["offered"])
    assert known.answer({"command": "offered", "name": "rate"}) == {"offered": []}
