"""A task in, its future out, run in a thread that keeps no process alive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def in_background(task: Callable[[], T], name: str = "narrator-background") -> Future[T]:
    """Runs the task in a thread of its own, which is left behind when the process ends; an executor's would not be."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(task())
        except BaseException as fault:  # noqa: BLE001 - handed over whole to whoever asks for the result
            future.set_exception(fault)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future
