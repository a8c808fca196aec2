"""Seconds of processor time in; a block of code that PageTooSlow breaks off when they are used up out."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from readers.pdf_faults import PageTooSlow

RAISE_AGAIN_S = 0.5
"""The signal is repeated, since code that swallows everything (a destructor) may swallow the first one."""


@contextmanager
def time_limit(limit_s: float) -> Iterator[None]:
    """Breaks off pure Python after a time; without POSIX timers only the parent process's watch is left.

    Processor time, so that a busy machine loses no pages. Nested limits are not needed and not supported.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGPROF, _break_off)
    signal.setitimer(signal.ITIMER_PROF, limit_s, RAISE_AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _break_off(number: int, frame: FrameType | None) -> None:
    raise PageTooSlow
