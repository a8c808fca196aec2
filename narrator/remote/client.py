"""A command's name and fields in, the running narration's answer out."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from types import TracebackType
from typing import Never, Self

from narrator.errors import NotRunning, RemoteRefused
from narrator.remote.door import Door, doors
from narrator.remote.lines import Line, NoLine, decode, encode

ANSWER_LIMIT_S = 20.0
"""A new voice may have to start its engine, a presenter to be read from disk."""
LONGEST_ANSWER = 1 << 24
"""Bytes; the sentences of a long chapter."""


class Answer(Line):
    """What a narration answered; where something is missing, another version or another program speaks."""

    def __missing__(self, name: str) -> Never:
        raise RemoteRefused(
            f"an answer that says {name!r}",
            "one without it came",
            "Another version of narrator may be running: end it, and start it anew.",
        )


class Client:
    """A connection to one running narration. Requests come from one thread."""

    def __init__(self, door: Door, *, answer_limit_s: float = ANSWER_LIMIT_S) -> None:
        """Raises OSError where nobody listens there any more."""
        self._connection, secret = door.connect()
        self._limit_s = answer_limit_s
        self._connection.settimeout(answer_limit_s)
        self._stream = self._connection.makefile("rb")
        self.id = door.id
        if secret:
            self._connection.sendall(encode({"secret": secret}))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, command: str, **fields: object) -> Line:
        """The command's result.

        Raises RemoteRefused with the narration's own words, or NotRunning when it has gone or does not answer.
        """
        try:
            self._connection.sendall(encode({"command": command, **fields}))
            while (line := self._receive()) is not None:
                if "ok" not in line:
                    continue  # a state, sent meanwhile
                if not line["ok"]:
                    raise RemoteRefused(*_reasons(line))
                return _answer(line.get("result"))
        except TimeoutError as fault:
            raise NotRunning(
                f"an answer of the narration {self.id}",
                f"none came within {self._limit_s:g} s",
                "It may be held (by Ctrl-Z, say) or stuck: wake it, or end that process.",
            ) from fault
        except (OSError, NoLine) as fault:
            raise _gone() from fault
        raise _gone()

    def watch(self) -> Iterator[Line]:
        """The state as it is, then every change, until the narration ends."""
        yield self.ask("watch")
        self._connection.settimeout(None)
        with contextlib.suppress(OSError, NoLine):
            while (line := self._receive()) is not None:
                yield _answer(line)

    def close(self) -> None:
        """Lets go."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._stream.close()
        self._connection.close()

    def _receive(self) -> Line | None:
        raw = self._stream.readline(LONGEST_ANSWER)
        return decode(raw) if raw else None


def connect(id_wanted: str = "") -> Client:
    """The narration of that id, else the newest. Raises NotRunning."""
    for door in doors():
        if id_wanted and door.id != id_wanted:
            continue
        try:
            return Client(door)
        except (OSError, ValueError, KeyError):
            _tidy(door)
    if id_wanted:
        raise NotRunning("a running narration", f"none has the id {id_wanted}", "See which there are: narrator status")
    raise _gone()


def running() -> list[str]:
    """The ids of all narrations that answer, the newest first."""
    found = []
    for door in doors():
        try:
            Client(door).close()
            found.append(door.id)
        except (OSError, ValueError, KeyError):
            _tidy(door)
    return found


def _tidy(door: Door) -> None:
    """What a killed narration left behind; a living one that is too busy to answer keeps its door."""
    try:
        connection, _ = door.connect()
        connection.close()
    except (ConnectionRefusedError, FileNotFoundError):
        with contextlib.suppress(OSError):
            door.file.unlink()
    except (OSError, ValueError, KeyError):
        return


def _answer(result: object) -> Line:
    """The result of a command, with whatever lies in it; most commands have none."""
    told = result if isinstance(result, dict) else {}
    return Answer({name: _answer(value) if isinstance(value, dict) else value for name, value in told.items()})


def _reasons(line: Line) -> tuple[str, str, str]:
    """What was expected, what came, what to do next."""
    error = line.get("error")
    told = error if isinstance(error, dict) else {}
    return str(told.get("expected")), str(told.get("came")), str(told.get("next_step"))


def _gone() -> NotRunning:
    return NotRunning("a running narration", "none is running", "Start one with: narrator read SOURCE")
