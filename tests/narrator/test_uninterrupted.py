"""A signal that comes between steps that belong together comes after the last of them, and is not forgotten."""

from __future__ import annotations

import signal
import threading

import pytest

from narrator.uninterrupted import uninterrupted


def steps_with_a_signal(done: list[str], fault: Exception | None = None) -> None:
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        if fault is not None:
            raise fault
        done.append("the last step")


def test_a_signal_comes_when_all_is_done() -> None:
    before, done = signal.getsignal(signal.SIGINT), list[str]()
    with pytest.raises(KeyboardInterrupt):
        steps_with_a_signal(done)
    assert done == ["the last step"]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_signal_comes_after_a_fault_too() -> None:
    fault = ValueError("a fault")
    with pytest.raises(KeyboardInterrupt) as raised:
        steps_with_a_signal([], fault)
    assert raised.value.__context__ is fault


def test_without_a_signal_and_in_other_threads_nothing_happens() -> None:
    steps = []

    def step() -> None:
        with uninterrupted():
            steps.append(threading.current_thread().name)

    step()
    thread = threading.Thread(target=step, name="other")
    thread.start()
    thread.join()
    assert steps == [threading.current_thread().name, "other"]
