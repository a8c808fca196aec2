"""Tasks in, their results out, worked on by processes of this machine, one thread each.

A process that dies takes one task with it, which is known, and is given that task once or twice more; what kills every
process it meets is a fault of its own. Processes end with the one that started them, whichever way that ends.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from narrator.errors import WorkerLost
from narrator.export.making import PROCESSOR
from narrator.export.own_process import serve

T = TypeVar("T")

ATTEMPTS = 3
END_LIMIT_S = 5.0


class OwnCores:
    """Follows narrator.export.workers.Workers."""

    def __init__(self, jobs: int, drawn_by: str = PROCESSOR) -> None:
        """drawn_by: what sections are drawn by here, PROCESSOR or CARD."""
        self._drawn_by = drawn_by
        self._idle: queue.SimpleQueue[_Process] = queue.SimpleQueue()
        self._all = [_Process() for _ in range(jobs)]
        for process in self._all:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="narrator-export")

    def slots(self) -> dict[str, int]:
        """As many as there are processes, all drawing in the same way."""
        return {self._drawn_by: len(self._all)}

    def submit(self, function: Callable[..., T], *arguments: object, drawn_by: str = PROCESSOR) -> Future[T]:
        """A function of a module, to be called with these by whoever is idle first."""
        return self._threads.submit(self._call, function, arguments)

    def process_ids(self) -> list[int]:
        """Of the processes that live."""
        return [one for process in self._all if (one := process.process_id) is not None]

    def close(self) -> None:
        """Ends all at once, in the middle of whatever they do."""
        for process in self._all:
            process.end()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._all:
            process.stop()

    def _call(self, function: Callable[..., T], arguments: tuple[object, ...]) -> T:
        process = self._idle.get()
        try:
            for _ in range(ATTEMPTS):
                with contextlib.suppress(EOFError, OSError):
                    is_done, result = process.call(function, arguments)
                    break
            else:
                raise WorkerLost(
                    "a process that lives until its work is done", f"{ATTEMPTS} died over it", "Leave this one out."
                )
        finally:
            self._idle.put(process)
        if is_done:
            return result  # type: ignore[no-any-return]
        raise result


class _Process:
    """One process at a time; another one where it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ended = False

    @property
    def process_id(self) -> int | None:
        """None before its first task, and after it has died."""
        process = self._process
        return process.pid if process is not None and process.is_alive() else None

    def call(self, function: Callable[..., object], arguments: tuple[object, ...]) -> tuple[bool, Any]:
        """(True, result) or (False, what was raised). Raises EOFError or OSError where the process died."""
        pipe = self._started()
        try:
            pipe.send((function, arguments))
            is_done, result = pipe.recv()
            return bool(is_done), result
        except BaseException:
            self.stop()
            raise

    def end(self) -> None:
        """For good; a call that is under way meets the end of its pipe."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.kill()

    def _started(self) -> Connection:
        with self._lock:
            if self._ended:
                raise WorkerLost("work to go on", "it was stopped", "Run the same command again.")
            if self._pipe is None:
                # spawn: a copy of a process with threads may hang, and Windows knows nothing else
                context = multiprocessing.get_context("spawn")
                near_end, far_end = context.Pipe()
                process = context.Process(target=serve, args=(far_end,), name="narrator-export", daemon=False)
                process.start()
                far_end.close()
                self._process, self._pipe = process, near_end
            return self._pipe

    def stop(self) -> None:
        """Ends the process; another call starts the next one."""
        with self._lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is not None:
            process.kill()
            process.join(END_LIMIT_S)
        if pipe is not None:
            pipe.close()
