"""Processes that work, die, are replaced and end with the one that started them."""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from narrator.errors import NarratorError, SourceMissing, WorkerLost
from narrator.export.own_cores import OwnCores
from narrator.export.reading import read
from narrator.settings import Settings

LIMIT_S = 60.0
STARTER = """
import os, time
from narrator.export.own_cores import OwnCores
if __name__ == "__main__":
    cores = OwnCores(1)
    print(cores.submit(os.getpid).result(), flush=True)
    cores.submit(time.sleep, 600)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def own() -> Iterator[OwnCores]:
    with closing(OwnCores(1)) as cores:
        yield cores


def is_alive(process_id: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process_id, 0)
        state = Path(f"/proc/{process_id}/stat")
        return not state.exists() or ") Z" not in state.read_text()  # a dead child that nobody asked about
    return False


def wait_until_dead(process_id: int) -> None:
    deadline = time.monotonic() + LIMIT_S
    while is_alive(process_id):
        assert time.monotonic() < deadline, f"process {process_id} still lives"
        time.sleep(0.02)


def test_results_come_from_another_process(own: OwnCores) -> None:
    assert own.submit(os.getpid).result(LIMIT_S) != os.getpid()
    assert own.submit(operator.add, 40, 2).result(LIMIT_S) == 42


def test_a_fault_comes_back_as_it_was_raised(own: OwnCores) -> None:
    with pytest.raises(SourceMissing, match="no-such-file"):
        own.submit(read, "no-such-file.md", None, Settings()).result(LIMIT_S)


def test_a_process_that_was_killed_costs_its_task_a_second_try(own: OwnCores) -> None:
    first = own.submit(os.getpid).result(LIMIT_S)
    under_way = own.submit(time.sleep, 0.5)
    os.kill(first, signal.SIGKILL)
    assert under_way.result(LIMIT_S) is None
    assert own.submit(os.getpid).result(LIMIT_S) != first


def test_what_kills_every_process_it_meets_is_told_and_the_next_task_is_done(own: OwnCores) -> None:
    with pytest.raises(WorkerLost, match="3 died over it"):
        own.submit(os._exit, 3).result(LIMIT_S)
    assert own.submit(operator.add, 1, 1).result(LIMIT_S) == 2


def test_closing_ends_what_is_under_way_at_once() -> None:
    cores = OwnCores(1)
    process_id = cores.submit(os.getpid).result(LIMIT_S)
    slow = cores.submit(time.sleep, 600)
    while not slow.running():
        time.sleep(0.01)
    began_s = time.monotonic()
    cores.close()
    assert time.monotonic() - began_s < 20
    assert isinstance(slow.exception(), NarratorError)
    wait_until_dead(process_id)


def test_a_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "starter.py"
    script.write_text(STARTER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment) as starter:
        assert starter.stdout is not None
        process_id = int(starter.stdout.readline())
        starter.kill()
    wait_until_dead(process_id)


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are a process's threads counted")
def test_a_process_computes_in_one_thread(own: OwnCores) -> None:
    """Else matrices would differ in their last bits from those of a worker with another number of threads."""
    assert own.submit(threads_with_numpy).result(LIMIT_S) == 2  # the one that works, and the one that watches


def threads_with_numpy() -> int:
    """All threads of this process once a large product of matrices was made."""
    import numpy as np

    np.ones((900, 900)) @ np.ones((900, 900))
    return len(os.listdir("/proc/self/task"))
