"""Everything a panel or key needs can be asked for; nonsense is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from narrator.errors import NarratorError, SettingError
from narrator.flow import Block, BlockKind, Passage
from narrator.session import Session, Status
from narrator.session_commands import Commands, SessionStates
from tests.narrator.quick_narration import SlowOutput, passage, quick_session, wait_for

LONG = "One two three four five six seven eight nine ten."


class Remembered:
    """A desk with one setting."""

    def __init__(self) -> None:
        self.value = "130"

    def all(self) -> list[dict[str, Any]]:
        return [{"name": "rate", "value": self.value}]

    def change(self, name: str, text: str) -> str:
        if name != "rate":
            raise SettingError("a setting", f"{name} came", "Choose another.")
        self.value = text
        return text


@pytest.fixture
def session() -> Iterator[Session]:
    made = quick_session([SlowOutput()], lambda source: passage("Another. " + LONG, source=source))
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH)
    made.enqueue(Passage("page", "", "en", tuple(Block(kind, f"Block {n}. {LONG}") for n, kind in enumerate(kinds))))
    wait_for(lambda: made.state.status is Status.SPEAKING)
    made.pause()
    yield made
    made.close(completed=False)


@pytest.fixture
def commands(session: Session) -> Commands:
    return Commands(session, Remembered())


def ask(commands: Commands, command: str, **fields: object) -> dict[str, Any]:
    """As it would come back over a socket."""
    answer = commands.answer(json.loads(json.dumps({"command": command, **fields})))
    return dict(json.loads(json.dumps(answer)))


def test_pause_resume_and_the_one_key_for_both(commands: Commands, session: Session) -> None:
    for command, paused in (("resume", False), ("pause", True), ("toggle", False), ("toggle", True)):
        assert ask(commands, command) == {}
        assert session.is_paused is paused


def test_steps_by_sentence_paragraph_and_heading(commands: Commands, session: Session) -> None:
    for command, unit, place in (("next", "sentence", 1), ("next", "heading", 4), ("previous", "paragraph", 2)):
        ask(commands, command, unit=unit)
        wait_for(lambda wanted=place: session.state.sentence_index == wanted)
    ask(commands, "seek", sentence=6)
    with pytest.raises(NarratorError, match="there is none"):
        ask(commands, "next", unit="heading")


def test_a_sentence_and_a_word_are_sought_and_replayed_slower(commands: Commands, session: Session) -> None:
    ask(commands, "seek", sentence=3, word=4)
    ask(commands, "resume")
    wait_for(lambda: session.state.word == "five")
    ask(commands, "replay", slower=True)
    wait_for(lambda: session.state.rate_wpm == 98)


def test_a_sentence_past_the_end_is_refused_with_how_many_there_are(commands: Commands, session: Session) -> None:
    with pytest.raises(SettingError, match="a sentence from 1 to 8; 999 came"):
        ask(commands, "seek", sentence=998)
    assert session.state.sentence_index == 0
    session.stop()
    assert session.wait_until_idle(10)
    with pytest.raises(SettingError, match="the last of what is being read; 1 came"):
        ask(commands, "seek", sentence=0)


def test_the_queue_can_be_read_and_changed(commands: Commands) -> None:
    first, second = (ask(commands, "add", source=name)["item"] for name in ("a", "b"))
    ask(commands, "move", item=second, place=0)
    waiting = ask(commands, "status")["state"]["waiting"]
    assert [(one["id"], one["name"]) for one in waiting] == [(second, "b"), (first, "a")]
    ask(commands, "remove", item=second)
    with pytest.raises(NarratorError, match="narrator queue"):
        ask(commands, "remove", item=second)


def test_a_panel_gets_sentences_outline_word_marks_and_settings(commands: Commands, session: Session) -> None:
    told = ask(commands, "sentences", first=0, count=2)["sentences"]
    assert [(one["index"], one["text"], one["is_heading"]) for one in told] == [
        (0, "Block 0.", True),
        (1, LONG, True),
    ]
    assert [heading["text"] for heading in ask(commands, "outline")["headings"]][0] == "Block 0."
    assert ask(commands, "settings")["settings"][0]["name"] == "rate"
    assert ask(commands, "set", name="rate", value=150) == {"value": "150"}
    marks = ask(commands, "status")["state"]["marks"]
    sentence = session.state.sentence
    assert [sentence[first:end] for first, end, _ in marks] == sentence.strip(".").split()


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"command": 3},
        {"command": "rm"},
        {"command": "__class__"},
        {"command": "seek"},
        {"command": "seek", "sentence": -1},
        {"command": "seek", "sentence": True},
        {"command": "seek", "sentence": 1e300},
        {"command": "next", "unit": ["x"]},
        {"command": "next", "unit": "page"},
        {"command": "add"},
        {"command": "add", "source": {}},
        {"command": "set", "name": "rate"},
        {"command": "set", "name": None, "value": "1"},
    ],
)
def test_nonsense_is_refused_in_one_line(commands: Commands, request_: dict[str, object]) -> None:
    with pytest.raises(NarratorError) as told:
        commands.answer(request_)
    assert "\n" not in str(told.value)


def test_steps_are_told_whole_and_positions_by_themselves(session: Session) -> None:
    states = SessionStates(session)
    assert states.newest()["state"]["source"] == "page"
    session.resume()
    told = [line for _ in range(60) if (line := states.next(0.05)) is not None]
    whole = [line for line, may_be_missed in told if not may_be_missed]
    moving = [line for line, may_be_missed in told if may_be_missed]
    assert all("state" in line for line in whole)
    assert moving
    assert all(set(line) == {"at"} and "position_s" in line["at"] for line in moving)


def test_the_end_is_told_and_nothing_after_it(session: Session) -> None:
    states = SessionStates(session)
    session.close(completed=False)
    told = [line for _ in range(5) if (line := states.next(0.01)) is not None]
    assert told[-1][0]["state"]["status"] == "closed"


def test_what_is_typed_is_said_at_once_and_the_document_goes_on_after_it() -> None:
    session = quick_session([SlowOutput()])
    asked = Commands(session, Remembered())
    session.enqueue(passage(*["One two three four five six seven eight."] * 20))
    wait_for(lambda: session.state.sentence_index == 1)
    asked.answer({"command": "say", "text": "Good morning."})
    wait_for(lambda: session.state.sentence == "Good morning.")
    wait_for(lambda: session.state.source == "page" and session.state.sentence != "")
    assert session.state.sentence_index >= 1
    session.close(completed=False)
