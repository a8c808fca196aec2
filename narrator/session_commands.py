"""Commands as JSON objects in, a session steered and asked out: one language for all who steer.

docs/live.md describes every command and its answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import asdict
from typing import Any, Protocol

from narrator.errors import SettingError
from narrator.flow import Block, BlockKind, Passage
from narrator.places import from_anywhere
from narrator.script import Unit
from narrator.session import Priority, Session
from narrator.session_spoken import READER, cast_for, passage_of, utterance_of
from narrator.session_state import State, Status, Watcher
from narrator.stages import Output

Request = Mapping[str, Any]
Answer = dict[str, Any]

FIND_LIMIT_S = 10.0
"""How long one who asks for the next heading is kept waiting; the search goes on."""
MOST_SENTENCES = 500
"""In one answer."""
PORTRAIT_PX = 48
"""Wide and high, where nobody says: what a list in a terminal has room for."""
AT_LEAST_EVERY_S = 0.1
"""Between two positions told; what else changes is told at once."""
TYPED = "what was typed"
"""Lines that were said at once: they have no source to be read again from."""
MOVING = ("word", "word_index", "position_s", "narration_s", "progress")
"""What changes with every frame: sent by itself."""


class Desk(Protocol):
    """The settings in force, and a way to change them while it speaks."""

    def all(self) -> list[Answer]:
        """Every setting with its value, meaning, limits, and whether it changes at once."""
        ...

    def change(self, name: str, text: str) -> str:
        """Changes one; what it is now, as a person would type it. Raises SettingError, VoiceError, FaceError."""
        ...

    def offered(self, name: str) -> list[tuple[str, str]]:
        """(value, words about it) of all that a setting can be chosen from here: the voices, the presenters."""
        ...


class Outlets(Protocol):
    """The outputs a narration may go to, and a way to make one while it speaks."""

    def all(self) -> list[Answer]:
        """Every kind with its name, whether it can be had, what was found, and the line that mends it."""
        ...

    def make(self, target: str) -> Output:
        """One of them, or a film of that file name. Raises OutputError or SettingError."""
        ...


class Sights(Protocol):
    """Small pictures for whoever paints them in another process."""

    def picture(self, columns: int, half_rows: int) -> Answer:
        """The face that speaks, about so large; (0, 0) where nobody looks any more. Raises OutputError."""
        ...

    def portrait(self, name: str, side_px: int) -> Answer:
        """A presenter at rest. Raises FaceError."""
        ...


class Commands:
    """What may be asked of one session."""

    def __init__(
        self, session: Session, desk: Desk, outlets: Outlets | None = None, sights: Sights | None = None
    ) -> None:
        """Without outlets, it stays on the outputs it began with; without sights, nobody sees it from elsewhere."""
        self._session = session
        self._desk = desk
        self._outlets = outlets
        self._sights = sights
        self._known: dict[str, Callable[[Request], Answer | None]] = {
            "status": lambda _: {"state": as_line(session.state)},
            "pause": lambda _: session.pause(),
            "resume": lambda _: session.resume(),
            "toggle": lambda _: session.resume() if session.is_paused else session.pause(),
            "stop": lambda _: session.stop(),
            "skip": lambda _: session.skip(),
            "next": lambda request: self._go(request, 1),
            "previous": lambda request: self._go(request, -1),
            "replay": self._replay,
            "seek": self._seek,
            "add": lambda request: {"item": session.enqueue(_words(request, "source"), priority=_urgency(request))},
            "say": lambda request: {"item": session.enqueue(_typed(request), priority=Priority.SCREEN_READER)},
            "show": self._show,
            "hush": lambda _: session.hush(READER),
            "remove": self._remove,
            "move": self._move,
            "sentences": self._sentences,
            "outline": lambda _: {"headings": [asdict(heading) for heading in session.outline()]},
            "outputs": lambda _: {"outputs": outlets.all() if outlets else []},
            "open": self._open,
            "shut": self._shut,
            "export": lambda request: {"words": self._film_words(_words(request, "target"))},
            "settings": lambda _: {"settings": desk.all()},
            "offered": lambda request: {"offered": desk.offered(_words(request, "name"))},
            "picture": lambda request: self._seen().picture(_number(request, "columns"), _number(request, "half_rows")),
            "portrait": lambda request: self._seen().portrait(
                _words(request, "name", may_be_empty=True), _number(request, "side_px", PORTRAIT_PX)
            ),
            "set": lambda request: {
                "value": desk.change(_words(request, "name"), _words(request, "value", may_be_empty=True))
            },
        }

    @property
    def names(self) -> tuple[str, ...]:
        """All commands."""
        return tuple(self._known)

    def answer(self, request: Request) -> Answer:
        """Does what is asked; what it has to tell. Raises NarratorError."""
        name = request.get("command")
        if not isinstance(name, str) or name not in self._known:
            known = ", ".join([*self._known, "watch"])
            raise SettingError(f"a command, one of {known}", f"{name!r} came", "Choose one of them.")
        return self._known[name](request) or {}

    def _go(self, request: Request, way: int) -> None:
        unit = request.get("unit", Unit.SENTENCE)
        if unit not in list(Unit):
            raise SettingError(f"a unit, one of {', '.join(Unit)}", f"{unit!r} came", "Choose one of them.")
        if unit == Unit.SENTENCE:
            self._session.next() if way > 0 else self._session.previous()
            return
        if not _is_found(self._session.go(Unit(unit), way)):
            place = "after" if way > 0 else "before"
            raise SettingError(f"a {unit} {place} this place", "there is none", "Stay here, or go the other way.")

    def _seek(self, request: Request) -> None:
        sentence, word = _number(request, "sentence"), _number(request, "word", 0)
        if _is_found(self._session.seek(sentence, word)):
            return
        count = self._session.sentence_count or "the last of what is being read"
        came = f"{sentence + 1} came"
        raise SettingError(f"a sentence from 1 to {count}", came, "See where headings begin: narrator outline")

    def _replay(self, request: Request) -> None:
        if request.get("slower"):
            self._session.replay_slower()
        else:
            self._session.replay()

    def _show(self, request: Request) -> Answer:
        """What another program lets be heard; where it begins something new, what it said before ends."""
        utterance, rate_wpm = utterance_of(request), _number(request, "rate_wpm")
        if request.get("is_new"):
            self._session.hush(READER)
        told, recast = passage_of(utterance), cast_for(utterance, rate_wpm)
        return {"item": self._session.enqueue(told, priority=Priority.SCREEN_READER, name=READER, recast=recast)}

    def _remove(self, request: Request) -> None:
        self._must_be_there(self._session.remove(_number(request, "item")), request)

    def _move(self, request: Request) -> None:
        self._must_be_there(self._session.move(_number(request, "item"), _number(request, "place")), request)

    def _must_be_there(self, is_there: bool, request: Request) -> None:
        if not is_there:
            came = f"nothing waits under {request.get('item')!r}"
            raise SettingError("the number of something in the queue", came, "See the queue: narrator queue")

    def _seen(self) -> Sights:
        if self._sights is None:
            raise SettingError("a face that can be seen from here", "this narration has none", "Open its window.")
        return self._sights

    def _open(self, request: Request) -> None:
        target = _words(request, "target")
        if self._outlets is None:
            raise SettingError("outputs that can be opened", "this narration has none", "Name them with --to.")
        if target not in self._session.state.outputs:
            self._session.open_output(self._outlets.make(target))

    def _shut(self, request: Request) -> None:
        name = _words(request, "target")
        if not self._session.shut_output(name):
            is_open = ", ".join(self._session.state.outputs) or "none"
            raise SettingError("the name of an open output", f"{name!r} is none of: {is_open}", "Name one of those.")

    def _film_words(self, target: str) -> list[str]:
        """What follows `narrator` to make a film of what is read and what waits, in the settings in force."""
        state = self._session.state
        is_reading = state.status not in (Status.IDLE, Status.CLOSED)
        named = [state.source] if is_reading else []
        sources = [from_anywhere(name) for name in [*named, *(one.name for one in state.waiting)] if name != TYPED]
        if not sources:
            raise SettingError(
                "something to make a film of", "nothing is read and nothing waits", "Add a source first."
            )
        return ["read", *sources, "--to", target, *(_option(setting) for setting in self._desk.all())]

    def _sentences(self, request: Request) -> Answer:
        first, count = _number(request, "first", 0), min(_number(request, "count", MOST_SENTENCES), MOST_SENTENCES)
        told = [
            {"index": index, "text": one.text, "block_index": one.block_index, "is_heading": one.kind is HEADING}
            for index, one in self._session.sentences(first, count)
        ]
        return {"sentences": told}


HEADING = BlockKind.HEADING


def as_line(state: State) -> Answer:
    """A state as JSON has it."""
    return asdict(state)


class SessionStates:
    """The states of a session as lines: {"state": all of it}, or {"at": what moves} between two of those."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._watcher: Watcher = session.subscribe()
        self._told = session.state
        self._told_s = 0.0

    def newest(self) -> Answer:
        """For one who has just come."""
        return {"state": as_line(self._session.state)}

    def next(self, limit_s: float) -> tuple[Answer, bool] | None:
        """What is new, and whether a slow watcher may miss it; None after limit_s, or where it can be left out."""
        state = self._watcher.get(limit_s)
        if state is None:
            if self._told.status is Status.CLOSED:
                time.sleep(limit_s)  # nothing more will come
            return None
        now_s = time.monotonic()
        is_step = state.is_step_from(self._told)
        if not is_step and now_s - self._told_s < AT_LEAST_EVERY_S:
            return None
        self._told, self._told_s = state, now_s
        if is_step:
            return {"state": as_line(state)}, False
        return {"at": {name: getattr(state, name) for name in MOVING}}, True


def _is_found(found: Future[bool]) -> bool:
    """Also while the search goes on after FIND_LIMIT_S."""
    try:
        return found.result(FIND_LIMIT_S)
    except TimeoutError:
        return True


def _option(setting: Answer) -> str:
    flag = str(setting["name"]).replace("_", "-")
    if setting["is_switch"]:
        return f"--{flag}" if setting["value"] else f"--no-{flag}"
    return f"--{flag}={setting['value']}"


def _typed(request: Request) -> Passage:
    """What somebody wants said at once, as it stands."""
    return Passage(TYPED, "", "", (Block(BlockKind.PARAGRAPH, _words(request, "text")),))


def _urgency(request: Request) -> Priority:
    """Before the document that is read, which then goes on, or after what waits already."""
    return Priority.SCREEN_READER if request.get("first") else Priority.DOCUMENT


def _number(request: Request, name: str, default: int | None = None) -> int:
    value = request.get(name, default)
    if type(value) is not int or not 0 <= value < 1 << 31:
        raise SettingError(f"a whole number of at least 0 for {name}", f"{value!r} came", "Give one.")
    return value


def _words(request: Request, name: str, *, may_be_empty: bool = False) -> str:
    value = request.get(name)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if not isinstance(value, str) or not (value or may_be_empty):
        raise SettingError(f"words for {name}", f"{value!r} came", "Give them.")
    return value
