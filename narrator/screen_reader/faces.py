"""What is heard and when in, the same on the face of the running narration, or of one of our own, out.

All that could take time or fail happens in a thread of its own: speech waits for no face, and outlives each.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from narrator.errors import NotRunning, RemoteRefused
from narrator.flow import Utterance
from narrator.remote.client import Client
from narrator.remote.door import Door, doors
from narrator.screen_reader.own_face import WINDOW, OwnFace
from narrator.settings import Settings

_log = logging.getLogger(__name__)

SHOWING = (WINDOW, "camera", "terminal")
"""Outputs on which somebody looks at a face; a film that is being made is not to be disturbed."""
ANSWER_LIMIT_S = 2.0
LOOK_S = 0.1
BUSY = ("opening", "speaking")
"""Follows narrator.session_state.Status."""
READER = "the screen reader"
"""Follows narrator/session_spoken."""
Line = dict[str, Any]


class Faces:
    """The one face that says what is heard."""

    def __init__(self, settings: Settings, *, opens_own: bool | None = None) -> None:
        """opens_own: whether one is opened where no narration runs; where nobody says, if there is a screen."""
        self._settings = settings
        self._opens_own = _has_screen() if opens_own is None else opens_own
        self._changed = threading.Condition()
        self._orders: deque[Line] = deque()
        self._client: Client | None = None
        self._own = OwnFace(settings)
        self._crashes = 0
        """Of its window, as far as it was opened again."""
        self._is_closing = False
        self._thread = threading.Thread(target=self._work, name="narrator-faces", daemon=True)
        self._thread.start()

    @property
    def is_there(self) -> bool:
        """Whether a face shows what is said, as far as is known."""
        return self._client is not None

    def attend(self, is_over: Callable[[], bool]) -> None:
        """A message is about to be said: a face is looked for. Waits while a document goes first, if it is to."""
        self._order({"command": ""})
        while not self._settings.screen_reader_first and self.is_there and not is_over() and self._is_document_read():
            time.sleep(LOOK_S)

    def show(self, line: Line, *, is_new: bool) -> None:
        """The utterance, to be shown in step with its sound; is_new: what was shown before ends."""
        self._order({"command": "show", "is_new": is_new, **line})

    def hush(self) -> None:
        """Ends what is shown."""
        with self._changed:
            self._orders.clear()
        self._order({"command": "hush"})

    def close(self) -> None:
        """Lets go; a face of our own ends."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        self._thread.join(ANSWER_LIMIT_S)
        self._own.end()

    def _order(self, line: Line) -> None:
        with self._changed:
            self._orders.append(line)
            self._changed.notify_all()

    # The thread of its own.

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._orders or self._is_closing)
                if self._is_closing:
                    break
                line = self._orders.popleft()
            if line["command"]:
                self._ask(line)
            else:
                self._look_for_a_face()
        self._let_go()

    def _ask(self, line: Line) -> None:
        """Once more where the narration has hung up on us meanwhile, as it does when nobody says anything."""
        for _ in range(2):
            self._client = self._client or self._found()
            if self._client is None:
                return
            try:
                self._client.ask(**line)
            except RemoteRefused as fault:
                _log.warning("%s", fault)
            except NotRunning:
                self._let_go()
                continue
            return

    def _look_for_a_face(self) -> None:
        """The newest narration that somebody looks at; without one, one of our own."""
        others = [door for door in doors() if door.id != self._own.id]
        if self._client is not None and self._client.id in [door.id for door in others[:1]]:
            return
        found = self._connected(others)
        if found is not None:
            self._let_go()
            self._own.end()
            self._client = found
        elif self._client is None or not self._own_is_shown(self._client):
            self._let_go()
            self._client = self._found()
            if self._client is None and self._opens_own:
                self._crashes = 0
                self._own.open()

    def _found(self) -> Client | None:
        every = doors()
        return self._connected([door for door in every if door.id != self._own.id]) or self._connected(
            [door for door in every if door.id == self._own.id], is_own=True
        )

    def _connected(self, among: list[Door], *, is_own: bool = False) -> Client | None:
        for door in among:
            with contextlib.suppress(OSError, ValueError, KeyError, NotRunning, RemoteRefused):
                client = Client(door, answer_limit_s=ANSWER_LIMIT_S)
                if is_own or _is_looked_at(client):
                    return client
        return None

    def _let_go(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _own_is_shown(self, client: Client) -> bool:
        """Whether it is our own that answers. Its window is opened again if it crashed, not if it was closed."""
        if client.id != self._own.id:
            return False
        try:
            state = client.ask("status")["state"]
            crashes = sum(fault["part"] == "output" and fault["name"] == WINDOW for fault in state["faults"])
            if WINDOW not in state["outputs"] and crashes > self._crashes:
                client.ask("open", target=WINDOW)
            self._crashes = crashes
        except NotRunning:
            return False
        except RemoteRefused as fault:
            _log.warning("%s", fault)
        return True

    def _is_document_read(self) -> bool:
        """Asked on a line of its own: the other one belongs to the thread."""
        client = self._client
        if client is None:
            return False
        try:
            with Client(next(door for door in doors() if door.id == client.id), answer_limit_s=ANSWER_LIMIT_S) as line:
                state = line.ask("status")["state"]
        except (OSError, ValueError, KeyError, StopIteration, NotRunning, RemoteRefused):
            return False
        return bool(state["status"] in BUSY and state["source"] != READER)


def told(utterance: Utterance, heard_at_s: float, pause_s: float, rate_wpm: int) -> Line:
    """As narrator/session_spoken reads it; times to a millisecond, those of phones without gaps."""
    edges = [round(phone.start_s, 3) for phone in utterance.phones] + [round(utterance.duration_s, 3)]
    return {
        "text": utterance.sentence.text,
        "language": utterance.sentence.language,
        "duration_s": edges[-1],
        "pause_s": pause_s,
        "heard_at_s": heard_at_s,
        "rate_wpm": rate_wpm,
        "phones": [
            (phone.ipa, start_s, round(end_s - start_s, 3), phone.stress)
            for phone, start_s, end_s in zip(utterance.phones, edges, edges[1:], strict=False)
        ],
        "words": [
            (word.start_char, word.end_char, round(word.start_s, 3), round(word.duration_s, 3))
            for word in utterance.words
        ],
    }


def _is_looked_at(client: Client) -> bool:
    """Whether it goes to an output on which somebody sees it; it is closed where not."""
    is_so = False
    try:
        is_so = any(str(name).startswith(SHOWING) for name in client.ask("status")["state"]["outputs"])
    finally:
        if not is_so:
            client.close()
    return is_so


def _has_screen() -> bool:
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
