"""Connections in, answers to each one's requests out, and the states to whoever watches.

One thread waits on all connections and never on one of them: a client that is slow, silent, many or malicious costs a
bounded piece of memory and is then dropped. Requests are answered in other threads, those of one client one by one, so
that a slow one delays neither the dropping nor other clients.
"""

from __future__ import annotations

import contextlib
import hmac
import logging
import queue
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from narrator.errors import NarratorError
from narrator.remote.door import OpenDoor, is_of_this_person
from narrator.remote.lines import Line, LineBuffer, NoLine, decode, encode

_log = logging.getLogger(__name__)

MOST_CLIENTS = 32
"""More at once is no desktop's need; each may cost a file and a little more than a megabyte."""
MOST_WAITING = 16
"""Requests of one client that wait; more are read only once these are answered."""
MOST_UNSENT = 1 << 20
"""Bytes; who does not read for so long has gone or means no good."""
SILENCE_LIMIT_S = 30.0
"""A client that neither asks nor watches."""
REFUSAL_S = 0.02
"""Rest after a connection that could not be taken, so that a flood of them takes no processor's whole time."""
LOOK_S = 1.0
ANSWERING = 4
"""Threads: who asks for another voice, which takes seconds, holds up nobody who asks for a pause."""
READ_BYTES = 1 << 14
SEND_BUFFER = 1 << 16
"""Bytes the system keeps for a client that does not read; ours come on top."""
REPORT = "Please report it."


class States(Protocol):
    """What is sent to those who watch."""

    def newest(self) -> Line:
        """Everything, for one who has just come."""
        ...

    def next(self, limit_s: float) -> tuple[Line, bool] | None:
        """What is new, and whether a slow watcher may miss it; None after limit_s."""
        ...


class _Client:
    """One connection."""

    def __init__(self, connection: socket.socket, is_known: bool) -> None:
        self.connection = connection
        self.is_known = is_known
        self.is_watching = False
        self.is_leaving = False
        self.buffer = LineBuffer()
        self.waiting: deque[Line] = deque()
        self.is_asking = False
        self.unsent = bytearray()
        self.heard_s = time.monotonic()


class Server:
    """Listens at an open door until it is closed."""

    def __init__(self, door: OpenDoor, answer: Callable[[Line], Line], states: States) -> None:
        """answer takes a request and gives its result; a NarratorError it raises is told to the one who asked."""
        self._door = door
        self._answer = answer
        self._states = states
        self._selector = selectors.DefaultSelector()
        self._clients: set[_Client] = set()
        self._requests: queue.Queue[tuple[_Client, Line] | None] = queue.Queue()
        self._done: deque[tuple[_Client | None, Line, bool]] = deque()
        """(whom, what, whether it may be missed) to send; None for all who watch."""
        self._waking, self._woken = socket.socketpair()
        self._waking.setblocking(False)
        self._woken.setblocking(False)
        self._is_closing = False
        self._threads = [
            threading.Thread(target=work, name=f"narrator-remote-{name}", daemon=True)
            for name, work in (
                ("socket", self._serve),
                *(("answers", self._answer_all) for _ in range(ANSWERING)),
                ("states", self._pass_on),
            )
        ]

    @property
    def id(self) -> str:
        """By which this narration is told from others."""
        return self._door.door.id

    def start(self) -> None:
        """Begins to listen."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends all connections, once what was to be said is said or will not be heard."""
        self._is_closing = True
        for _ in range(ANSWERING):
            self._requests.put(None)
        self._wake()
        for thread in self._threads:
            thread.join(2 * LOOK_S)
        self._door.close()

    # The thread of the connections.

    def _serve(self) -> None:
        self._selector.register(self._door.listener, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        while not self._is_closing:
            for key, events in self._selector.select(LOOK_S):
                if key.fileobj is self._door.listener:
                    self._let_in()
                elif key.fileobj is self._woken:
                    with contextlib.suppress(BlockingIOError):
                        self._woken.recv(READ_BYTES)
                elif key.data in self._clients:
                    self._attend(key.data, events)
            self._send_done()
            self._drop_silent()
        self._send_done()
        for client in list(self._clients):
            self._drop(client)
        self._selector.close()
        self._waking.close()
        self._woken.close()

    def _let_in(self) -> None:
        try:
            connection, _ = self._door.listener.accept()
        except OSError:  # it has gone again, or no file is left for it
            time.sleep(REFUSAL_S)
            return
        if len(self._clients) >= MOST_CLIENTS or not is_of_this_person(connection):
            connection.close()
            return
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        client = _Client(connection, is_known=not self._door.secret)
        self._clients.add(client)
        self._selector.register(connection, selectors.EVENT_READ, client)

    def _attend(self, client: _Client, events: int) -> None:
        try:
            if events & selectors.EVENT_READ:
                self._hear(client)
            if client in self._clients and events & selectors.EVENT_WRITE:
                self._flush(client)
        except OSError:
            self._drop(client)

    def _hear(self, client: _Client) -> None:
        data = client.connection.recv(READ_BYTES)
        if not data:
            self._drop(client)
            return
        client.heard_s = time.monotonic()
        try:
            for raw in client.buffer.lines(data):
                self._take(client, decode(raw))
        except NoLine as fault:
            self._say(client, _refusal("one JSON object a line", str(fault), "Close, and begin anew."))
            client.is_leaving = True
        self._mind(client)

    def _take(self, client: _Client, line: Line) -> None:
        """The next request; the first line of an unknown client must be the secret."""
        if not client.is_known:
            client.is_known = hmac.compare_digest(str(line.get("secret")).encode(), self._door.secret.encode())
            client.is_leaving = not client.is_known
        elif not client.is_leaving:
            client.waiting.append(line)
            self._ask_next(client)

    def _ask_next(self, client: _Client) -> None:
        if client.waiting and not client.is_asking:
            client.is_asking = True
            self._requests.put((client, client.waiting.popleft()))

    def _say(self, client: _Client, line: Line, *, may_be_missed: bool = False) -> None:
        if may_be_missed and client.unsent:
            return
        client.unsent += encode(line)
        if len(client.unsent) > MOST_UNSENT:
            self._drop(client)

    def _send_done(self) -> None:
        while self._done:
            whom, line, may_be_missed = self._done.popleft()
            if whom is None:
                for client in [client for client in self._clients if client.is_watching]:
                    self._say(client, line, may_be_missed=may_be_missed)
            elif whom in self._clients:
                whom.is_asking = False
                self._say(whom, line)
                self._ask_next(whom)
        for client in [client for client in self._clients if client.unsent]:
            try:
                self._flush(client)
            except OSError:
                self._drop(client)

    def _flush(self, client: _Client) -> None:
        with contextlib.suppress(BlockingIOError):
            while client.unsent:
                sent = client.connection.send(client.unsent[:READ_BYTES])
                del client.unsent[:sent]
        self._mind(client)

    def _mind(self, client: _Client) -> None:
        """What to wait for of this client: room to write where something is unsent, more to read where we have room."""
        if client not in self._clients:
            return
        if client.is_leaving and not client.unsent and not client.is_asking:
            self._drop(client)
            return
        has_room = len(client.waiting) < MOST_WAITING and not client.is_leaving
        events = (selectors.EVENT_READ if has_room else 0) | (selectors.EVENT_WRITE if client.unsent else 0)
        registered = client.connection.fileno() in self._selector.get_map()
        if not events:
            if registered:
                self._selector.unregister(client.connection)
        elif registered:
            self._selector.modify(client.connection, events, client)
        else:
            self._selector.register(client.connection, events, client)

    def _drop_silent(self) -> None:
        long_ago_s = time.monotonic() - SILENCE_LIMIT_S
        for client in list(self._clients):
            if client.heard_s < long_ago_s and not client.is_watching and not client.is_asking:
                self._drop(client)

    def _drop(self, client: _Client) -> None:
        self._clients.discard(client)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(client.connection)
        client.connection.close()

    # The threads of the answers and of the states.

    def _answer_all(self) -> None:
        while (asked := self._requests.get()) is not None:
            client, request = asked
            number = {"id": request["id"]} if isinstance(request.get("id"), int | str) else {}
            try:
                if request.get("command") == "watch":
                    client.is_watching = True
                    result = self._states.newest()
                else:
                    result = self._answer(request)
                line = {**number, "ok": True, "result": result}
            except NarratorError as fault:
                line = {**number, **_refusal(fault.expected, fault.came, fault.next_step)}
            except Exception as fault:  # noqa: BLE001 - one bad request must not end the narration's remote control
                _log.debug("a request failed", exc_info=True)
                line = {**number, **_refusal("no fault of narrator's own", f"{type(fault).__name__}: {fault}", REPORT)}
            self._done.append((client, line, False))
            self._wake()

    def _pass_on(self) -> None:
        while not self._is_closing:
            news = self._states.next(LOOK_S)
            if news is not None:
                self._done.append((None, *news))
                self._wake()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it will wake anyway
            self._waking.send(b"!")


def _refusal(expected: str, came: str, next_step: str) -> Line:
    return {"ok": False, "error": {"expected": expected, "came": came, "next_step": next_step}}
