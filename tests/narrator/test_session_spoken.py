"""What a screen reader says is shown as it is heard, before the document, and ends when something new comes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from narrator.errors import SettingError
from narrator.session import Session, Status
from narrator.session_commands import Commands
from narrator.session_spoken import PREROLL_S, READER, cast_for, utterance_of
from narrator.stages import Performance
from tests.narrator.quick_narration import SlowOutput, passage, quick_cast, quick_session, wait_for
from tests.narrator.test_session_commands import Remembered


class Listening(SlowOutput):
    """Keeps what it is given to play."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[Performance] = []

    def play(self, performance: Performance, control: Any) -> Iterator[float]:
        self.played.append(performance)
        yield from super().play(performance, control)


@pytest.fixture
def output() -> Listening:
    return Listening()


@pytest.fixture
def session(output: Listening) -> Iterator[Session]:
    made = quick_session([output], lambda source: passage("One two three four five. " * 9, source=source))
    yield made
    made.close(completed=False)


def told(text: str = "Mama said so.", duration_s: float = 0.9, **more: Any) -> dict[str, Any]:
    return {
        "command": "show",
        "text": text,
        "duration_s": duration_s,
        "heard_at_s": time.perf_counter(),
        "rate_wpm": 130,
        "phones": [["m", 0.0, 0.1, 0], ["ɑː", 0.1, duration_s - 0.1, 2]],
        "words": [[0, len(text), 0.0, duration_s]],
        "is_new": True,
        **more,
    }


def test_it_is_shown_with_its_own_phones_and_the_moment_it_is_heard(session: Session, output: Listening) -> None:
    line = told("One. Two! Three?")
    Commands(session, Remembered()).answer(line)
    session.wait_until_idle(5)
    (performance,) = output.played
    assert performance.utterance.sentence.text == "One. Two! Three?", "one breath: it has been spoken already"
    assert performance.utterance.phones[0].ipa == "m"
    assert performance.utterance.heard_at_s == line["heard_at_s"]
    assert performance.start_s == -PREROLL_S


def test_something_new_ends_what_was_shown_and_what_waited(session: Session, output: Listening) -> None:
    commands = Commands(session, Remembered())
    for number in range(20):
        commands.answer(told(f"Number {number}.", 60.0))
    wait_for(lambda: session.state.sentence == "Number 19.")
    assert session.state.waiting == ()
    commands.answer({"command": "hush"})
    wait_for(lambda: session.state.status is Status.IDLE)


def test_the_document_waits_and_goes_on_where_it_was(session: Session) -> None:
    commands = Commands(session, Remembered())
    session.enqueue("page")
    wait_for(lambda: session.state.sentence_index == 1)
    commands.answer(told(duration_s=0.5))
    wait_for(lambda: session.state.source == READER)
    wait_for(lambda: session.state.source == "page" and session.state.sentence_index >= 1)
    assert session.wait_until_idle(30)


def test_a_hush_leaves_the_document_alone(session: Session) -> None:
    session.enqueue("page")
    wait_for(lambda: session.state.status is Status.SPEAKING)
    session.hush(READER)
    assert session.wait_until_idle(30)
    assert session.state.finished == 1


def test_in_a_pause_it_is_shown_and_the_document_stays_paused(session: Session) -> None:
    session.enqueue("page")
    wait_for(lambda: session.state.status is Status.SPEAKING)
    session.pause()
    Commands(session, Remembered()).answer(told(duration_s=0.5))
    wait_for(lambda: session.state.source == READER)
    wait_for(lambda: session.state.source == "page")
    assert session.is_paused


@pytest.mark.parametrize(
    "wrong",
    [
        {"phones": [["m", 0.0, 0.1, 0]]},
        {"phones": [["m", 0.2, 0.7, 0]]},
        {"phones": "m"},
        {"phones": [["m"]]},
        {"phones": None},
        {"duration_s": 1e9},
        {"duration_s": "long"},
        {"duration_s": float("nan")},
        {"words": [[0]]},
        {"heard_at_s": None},
    ],
)
def test_what_does_not_fit_together_is_refused_in_one_line(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingError, match="Send it whole"):
        utterance_of({**told(), **wrong})


def test_the_sessions_own_face_and_mood_stay() -> None:
    cast = quick_cast()
    shown = cast_for(utterance_of(told()), 300)(cast)
    assert shown.face is cast.face
    assert shown.delivery.exaggeration == cast.delivery.exaggeration
    assert shown.delivery.rate_wpm == 300
