"""A number of workers in, a real Dask scheduler with as many worker processes on this machine out."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

START_LIMIT_S = 120.0
FORGOTTEN_S = "600"
"""Without a task for so long the scheduler ends by itself, and after it the workers, if nobody could end them."""
QUIET = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
"""As dask worker's own nanny has it; a worker without one can be killed by its number."""


class DaskCluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = (folder / "dask.log").open("wb")
        self.workers: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        place = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self._scheduler = self._start("scheduler", *place, "--idle-timeout", FORGOTTEN_S)
        deadline = time.monotonic() + START_LIMIT_S
        while not file.exists() or not file.read_text():
            self._check(deadline)
        self.address = str(json.loads(file.read_text())["address"])

    def add_worker(self, *options: str, program: Path | None = None) -> subprocess.Popen[bytes]:
        """One more, with one thread; with the program of another folder where one is named."""
        alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0")
        ends = ("--death-timeout", FORGOTTEN_S, "--local-directory", str(self._folder))
        self.workers.append(self._start("worker", self.address, *alone, *ends, *options, program=program))
        return self.workers[-1]

    def end_scheduler(self) -> None:
        """As if its machine were gone."""
        self._scheduler.kill()
        self._scheduler.wait()

    def close(self) -> None:
        """Ends all of them."""
        for process in (*self.workers, self._scheduler):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            process.wait()
        self._log.close()

    def _start(self, kind: str, *words: str, program: Path | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words]
        env = QUIET if program is None else {**QUIET, "PYTHONPATH": str(program)}
        return subprocess.Popen(command, stdout=self._log, stderr=self._log, env=env, cwd=program)

    def _check(self, deadline: float) -> None:
        assert self._scheduler.poll() is None, (self._folder / "dask.log").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextlib.contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[DaskCluster]:
    """Ended when the block ends."""
    cluster = DaskCluster(folder)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.close()
