"""The child process answers, and is ended when it is silent, gone or no longer wanted."""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path

import pytest

from readers.pdf_process import PdfWorker, WorkerGone, WorkerSilent

SAMPLE = Path(__file__).parent / "pdfs" / "chinese.pdf"


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_messages_come_in_order_and_end() -> None:
    worker = PdfWorker(str(SAMPLE), None)
    names: list[str] = []
    while "end" not in names:
        names += worker.next_message()
    with pytest.raises(WorkerGone):
        worker.next_message()
    assert names[0] == "opened"
    assert names[-1] == "end"
    assert "block" in names


def test_a_dropped_worker_takes_its_child_with_it() -> None:
    worker = PdfWorker(str(SAMPLE), None)
    process_id = worker.process_id
    assert is_running(process_id)
    del worker
    gc.collect()
    assert not is_running(process_id)


def test_a_silent_child_is_ended() -> None:
    worker = PdfWorker(str(SAMPLE), None)
    start_s = time.monotonic()
    with pytest.raises(WorkerSilent):
        worker.next_message(limit_s=0.0001)
    assert time.monotonic() - start_s < 5
    assert not is_running(worker.process_id)


def test_the_password_is_not_on_the_command_line() -> None:
    worker = PdfWorker(str(SAMPLE), "s\u00e9same")
    words = worker._process.args
    worker.close()
    assert "s\u00e9same" not in str(words)
