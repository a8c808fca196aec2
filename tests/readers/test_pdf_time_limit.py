"""Code without end is broken off."""

from __future__ import annotations

import contextlib
import time

import pytest

from readers.pdf_faults import PageTooSlow
from readers.pdf_time_limit import time_limit


def loop() -> None:
    while True:
        pass


def loop_and_swallow_one() -> None:
    with contextlib.suppress(PageTooSlow):
        loop()
    loop()


def test_an_endless_loop_is_broken_off() -> None:
    start_s = time.process_time()
    with pytest.raises(PageTooSlow), time_limit(0.2):
        loop()
    assert time.process_time() - start_s < 2


def test_the_limit_is_raised_again_where_it_is_swallowed() -> None:
    with pytest.raises(PageTooSlow), time_limit(0.1):
        loop_and_swallow_one()


def test_nothing_comes_after_the_end() -> None:
    with time_limit(0.05):
        pass
    start_s = time.process_time()
    while time.process_time() - start_s < 0.2:
        pass
