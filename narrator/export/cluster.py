"""A Dask scheduler's address in, tasks done by its workers out: one machine or hundreds, however they were started.

Dask gives a dead worker's task to another one. A worker that offers the resource GPU is given sections to draw on it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from narrator.errors import SchedulerGone, SettingError, WorkerLost
from narrator.export.making import CARD, PROCESSOR

if TYPE_CHECKING:
    from distributed import Future as FarFuture

T = TypeVar("T")

START_LIMIT_S = 5.0
LOOK_S = 1.0
"""How often workers are counted."""
GPU = "GPU"
"""What a worker offers with: dask worker ADDRESS --resources GPU=1"""
START_ONE = "Start one: dask scheduler, and on each machine: dask worker ADDRESS --nworkers -1 --nthreads 1"


class Cluster:
    """Follows narrator.export.workers.Workers. Raises SchedulerGone, or SettingError without the extra `cluster`."""

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError as fault:
            raise SettingError(
                "the extra `cluster`", f"Dask is not installed ({fault})", "Install it: pip install 'narrator[cluster]'"
            ) from fault
        _quieten()
        self._address = address
        try:
            self._client = distributed.Client(address, timeout=START_LIMIT_S, set_as_default=False)
        except (OSError, TimeoutError, ValueError, RuntimeError) as fault:
            raise SchedulerGone(f"a Dask scheduler at {address}", "none answers there", START_ONE) from fault
        self._under_way: dict[FarFuture[Any], Future[Any]] = {}
        self._counted: dict[str, int] = {}
        self._counted_s = -LOOK_S

    def slots(self) -> dict[str, int]:
        """A section for each thread of a worker, or for each GPU of one that offers some."""
        if time.monotonic() >= self._counted_s + LOOK_S:
            self._counted_s = time.monotonic()
            self._counted = {PROCESSOR: 0, CARD: 0}
            for worker in self._workers().values():
                cards = int(worker.get("resources", {}).get(GPU, 0))
                self._counted[CARD if cards else PROCESSOR] += cards or int(worker["nthreads"])
        return {drawn_by: count for drawn_by, count in self._counted.items() if count}

    def submit(self, function: Callable[..., T], *arguments: object, drawn_by: str = PROCESSOR) -> Future[T]:
        """Runs it on some worker."""
        ours: Future[T] = Future()
        ours.set_running_or_notify_cancel()
        far = self._client.submit(
            function,
            *arguments,
            key=f"{function.__name__}-{uuid4().hex}",
            pure=False,
            resources={GPU: 1} if drawn_by == CARD else None,
        )
        self._under_way[far] = ours  # Dask forgets what nobody holds
        far.add_done_callback(partial(self._hand_over, ours))
        return ours

    def close(self) -> None:
        """Leaves the scheduler and its workers to others."""
        for far, ours in list(self._under_way.items()):
            if not ours.done():
                far.cancel(reason="stopped")
        self._client.close(timeout=START_LIMIT_S)

    def _workers(self) -> dict[str, Any]:
        try:
            return dict(self._client.scheduler_info(n_workers=-1)["workers"])
        except (OSError, TimeoutError, ValueError, RuntimeError) as fault:
            raise self._gone() from fault

    def _hand_over(self, ours: Future[T], far: FarFuture[T]) -> None:
        """In a thread of Dask's, once for each task."""
        from distributed import KilledWorker

        try:
            if far.status == "finished":
                ours.set_result(far.result(timeout=START_LIMIT_S))
            elif far.status == "error":
                fault = far.exception()
                ours.set_exception(_too_deadly(fault) if isinstance(fault, KilledWorker) else fault)
            else:
                ours.set_exception(self._gone())
        except Exception as fault:  # noqa: BLE001 - whoever waits must hear of it
            ours.set_exception(fault)
        finally:
            self._under_way.pop(far, None)

    def _gone(self) -> SchedulerGone:
        return SchedulerGone(
            f"the Dask scheduler at {self._address} to go on", "it does not answer any more", "Start it and run again."
        )


def _too_deadly(fault: BaseException) -> WorkerLost:
    died = " ".join(str(fault).split())
    return WorkerLost("a worker that lives until its work is done", f"several died over it ({died})", "See their logs.")


def _quieten() -> None:
    """Dask's own lines about workers that come and go are for its logs; what matters to a person is in the report."""
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
