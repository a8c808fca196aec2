"""Steps that belong together in, done without a Ctrl-C or SIGTERM between two of them out; it comes after the last."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def uninterrupted() -> Iterator[None]:
    """For what takes milliseconds. Where nothing raises at a signal (another thread, the default way) it does nothing.

    What came meanwhile comes when the block has ended, also by a fault: then KeyboardInterrupt is raised, as it would
    have been.
    """
    came: list[tuple[int, FrameType | None]] = []
    before = {}
    if threading.current_thread() is threading.main_thread():
        known = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]
        before = {number: signal.getsignal(number) for number in known if callable(signal.getsignal(number))}
    for number in before:
        signal.signal(number, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number, frame in came[:1]:
            handler = before[number]
            if callable(handler):
                handler(number, frame)
