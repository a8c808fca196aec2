"""Tasks in, their results out as futures: the promise that this machine's cores and a cluster both keep."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from narrator.export.making import PROCESSOR

T = TypeVar("T")


class Workers(Protocol):
    """Whoever does the work. Called from one thread."""

    def slots(self) -> dict[str, int]:
        """What draws (PROCESSOR, CARD) -> how many sections it pays to have under way; changes as workers come and go.

        Raises SchedulerGone.
        """
        ...

    def submit(self, function: Callable[..., T], *arguments: object, drawn_by: str = PROCESSOR) -> Future[T]:
        """A function of a module, called with these, which travel by pickle, in some process at some time.

        A worker that dies is replaced and the task given to another one; a task that several died over fails with
        WorkerLost. The future raises what the function raised.
        """
        ...

    def close(self) -> None:
        """Ends what is under way. Called once; nothing is called after it."""
        ...
