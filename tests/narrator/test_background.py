"""A task in the background hands over what it made, or what it raised, and keeps no process alive."""

from __future__ import annotations

import threading

import pytest

from narrator.background import in_background


def test_it_hands_over_what_it_made_or_raised() -> None:
    assert in_background(lambda: 7).result(5) == 7
    with pytest.raises(ZeroDivisionError):
        in_background(lambda: 1 // 0).result(5)


def test_its_thread_keeps_no_process_alive() -> None:
    assert in_background(lambda: threading.current_thread().daemon, "named").result(5) is True
