"""A worker process answers, is killed when it is stuck, and is started anew after it died."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from narrator.speech.worker_process import WorkerDied, WorkerProcess

ECHO = """
import json, sys, time
def block():
    return sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "big"))
while request := block():
    payload = block()
    wish = json.loads(request)
    if wish.get("die"):
        sys.exit(3)
    time.sleep(wish.get("sleep", 0))
    out = sys.stdout.buffer
    out.write(len(request).to_bytes(4, "big") + request + len(payload).to_bytes(4, "big") + payload)
    out.flush()
"""


@pytest.fixture
def worker() -> Iterator[WorkerProcess]:
    made = WorkerProcess([sys.executable, "-I", "-S", "-c", ECHO])
    yield made
    made.close()


def test_an_answer_brings_both_blocks(worker: WorkerProcess) -> None:
    assert worker.ask({"a": "ü"}, b"\x00\xff", limit_s=10) == ({"a": "ü"}, b"\x00\xff")


def test_a_stuck_worker_is_killed_at_its_limit(worker: WorkerProcess) -> None:
    begun = time.monotonic()
    with pytest.raises(WorkerDied):
        worker.ask({"sleep": 60}, limit_s=0.3)
    assert time.monotonic() - begun < 5


def test_after_a_death_the_next_request_is_answered(worker: WorkerProcess) -> None:
    with pytest.raises(WorkerDied):
        worker.ask({"die": True}, limit_s=10)
    assert worker.ask({"a": 1}, limit_s=10)[0] == {"a": 1}


def test_closing_twice_is_harmless(worker: WorkerProcess) -> None:
    worker.start()
    worker.close()
    worker.close()


def test_a_program_that_is_not_there_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="no-such-program"):
        WorkerProcess(["/no-such-program"]).ask({}, limit_s=1)
