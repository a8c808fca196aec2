"""A running narration of another process in, one way to ask it, to watch it and to see its face out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from narrator.errors import NotRunning
from narrator.live_session import running_narration

if TYPE_CHECKING:
    from narrator.live_session import Client

Answer = dict[str, Any]


class Narration(Protocol):
    """What the panel shows and steers, in the one language of narrator/session_commands (docs/live.md)."""

    @property
    def is_own(self) -> bool:
        """Whether it was begun by this panel, and ends with it."""
        ...

    def ask(self, command: str, **fields: object) -> Answer:
        """The command's result; may take seconds. Any thread may ask. Raises NarratorError."""
        ...

    def watch(self) -> Iterator[Answer]:
        """{"state": ...} as it is, then it again or {"at": ...} for every change, until it ends or close()."""
        ...

    def close(self) -> None:
        """Lets go of it; it runs on."""
        ...


class AttachedNarration:
    """One that runs already."""

    is_own = False

    def __init__(self, id_wanted: str = "") -> None:
        """The newest, where no id is named. Raises NotRunning."""
        self._watching = running_narration(id_wanted)
        self.id = self._watching.id
        self._free: list[Client] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def ask(self, command: str, **fields: object) -> Answer:
        """Follows Narration; each question that is under way has a connection of its own, so that none waits."""
        client, is_new = self._connection()
        try:
            try:
                return client.ask(command, **fields)
            except NotRunning:  # the other end forgets whom it has not heard of for long
                client.close()
                if is_new:
                    raise
                client = running_narration(self.id)
                return client.ask(command, **fields)
        finally:
            self._give_back(client)

    def watch(self) -> Iterator[Answer]:
        """Follows Narration."""
        yield from self._watching.watch()

    def close(self) -> None:
        """All connections end."""
        self._watching.close()
        with self._lock:
            self._is_closed = True
            while self._free:
                self._free.pop().close()

    def _connection(self) -> tuple[Client, bool]:
        with self._lock:
            if self._free:
                return self._free.pop(), False
        return running_narration(self.id), True

    def _give_back(self, client: Client) -> None:
        with self._lock:
            if not self._is_closed:
                self._free.append(client)
                return
        client.close()
