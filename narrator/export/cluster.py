"""A Dask scheduler's address in, tasks done by its workers out: one machine or hundreds, however they were started.

Dask gives a dead worker's task to another one. A worker that offers the resource GPU is given sections to draw on it.
Each worker is asked first what it would draw with; one that would draw another picture is left out, with a line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from narrator.errors import SchedulerGone, SettingError, WorkerLost
from narrator.export.drawing import drawn_with
from narrator.export.making import CARD, PROCESSOR, parts
from narrator.export.outcome import outcome

if TYPE_CHECKING:
    from distributed import Future as FarFuture

    from narrator.settings import Settings

T = TypeVar("T")
_log = logging.getLogger(__name__)

START_LIMIT_S = 5.0
LOOK_S = 1.0
"""How often workers are counted."""
GPU = "GPU"
"""What a worker offers with: dask worker ADDRESS --resources GPU=1"""
START_ONE = "Start one: dask scheduler, and on each machine: dask worker ADDRESS --nworkers -1 --nthreads 1"


@dataclass(frozen=True, slots=True)
class _Task:
    """What was asked for, so that it can be asked for again."""

    ours: Future[Any]
    function: Callable[..., object]
    arguments: tuple[object, ...]
    drawn_by: str
    allowed: frozenset[str]
    """Addresses of the workers that may do it; empty where all may."""


class Cluster:
    """Follows narrator.export.workers.Workers. Raises SchedulerGone, or SettingError without the extra `cluster`."""

    def __init__(self, address: str, settings: Settings | None = None) -> None:
        """settings: with which to draw; without them no worker is asked whether it fits."""
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
        except Exception as fault:  # whatever answers there, it is no scheduler, and Dask may trip over it anyhow
            came = "none answers there" if address else "no address came"
            raise SchedulerGone(f"a Dask scheduler at {address or '--cluster'}", came, START_ONE) from fault
        self._under_way: dict[FarFuture[Any], _Task] = {}
        self._drawn_with = (settings.presenter, settings.background) if settings else None
        self._asked: dict[str, FarFuture[tuple[str, bool]]] = {}
        self._fit: dict[str, bool] = {}
        """Worker -> whether it has a graphics card that draws."""
        self._unfit: set[str] = set()
        self._counted: dict[str, int] = {}
        self._counted_s = -LOOK_S

    def slots(self) -> dict[str, int]:
        """A section for each thread of a worker, or for each GPU of one that offers some."""
        if time.monotonic() >= self._counted_s + LOOK_S:
            self._counted_s = time.monotonic()
            self._counted = {PROCESSOR: 0, CARD: 0}
            found = self._workers()
            self._look_at(found)
            for address, has_card in self._fit.items():
                worker = found[address]
                cards = _offered(worker) if has_card else 0
                self._counted[CARD if cards else PROCESSOR] += cards or int(worker["nthreads"])
        return {drawn_by: count for drawn_by, count in self._counted.items() if count}

    def submit(self, function: Callable[..., T], *arguments: object, drawn_by: str = PROCESSOR) -> Future[T]:
        """Runs it on some worker that fits."""
        ours: Future[T] = Future()
        ours.set_running_or_notify_cancel()
        self._send(ours, function, arguments, drawn_by)
        return ours

    def close(self) -> None:
        """Leaves the scheduler and its workers to others."""
        for far, task in list(self._under_way.items()):
            if not task.ours.done():
                far.cancel(reason="stopped")
        self._client.close(timeout=START_LIMIT_S)

    def _send(
        self, ours: Future[Any], function: Callable[..., object], arguments: tuple[object, ...], drawn_by: str
    ) -> None:
        allowed = frozenset(self._fit) if self._unfit else frozenset()
        far = self._client.submit(
            outcome,
            function,
            *arguments,
            key=f"{function.__name__}-{uuid4().hex}",
            pure=False,
            resources={GPU: 1} if drawn_by == CARD else None,
            workers=sorted(allowed) or None,
        )
        # held here, since Dask forgets what nobody holds
        self._under_way[far] = _Task(ours, function, arguments, drawn_by, allowed)
        far.add_done_callback(self._hand_over)

    def _look_at(self, found: dict[str, Any]) -> None:
        """Asks workers that are new, and gives to others what waits for workers that are gone."""
        self._fit = {address: has_card for address, has_card in self._fit.items() if address in found}
        self._unfit &= set(found)
        self._asked = {address: answer for address, answer in self._asked.items() if address in found}
        for address in set(found) - set(self._fit) - self._unfit:
            self._ask(address, _offered(found[address]) > 0)
        if not self._fit:
            return
        for far, task in list(self._under_way.items()):
            is_stranded = bool(task.allowed) and not task.allowed & set(found)
            if is_stranded and self._under_way.pop(far, None) is not None:
                far.cancel(reason="its workers are gone")
                self._send(task.ours, task.function, task.arguments, task.drawn_by)

    def _ask(self, address: str, is_card_offered: bool) -> None:
        """Whether a worker would draw the same picture, and has the card that it offers."""
        if self._drawn_with is None:
            self._fit[address] = is_card_offered
            return
        if address not in self._asked:
            self._asked[address] = self._client.submit(
                drawn_with,
                *self._drawn_with,
                is_card_offered,
                key=f"drawn_with-{uuid4().hex}",
                pure=False,
                workers=[address],
                priority=1,
            )
            return
        answer = self._asked[address]
        if not answer.done():
            return
        theirs, has_card = answer.result(timeout=START_LIMIT_S) if answer.status == "finished" else ("", False)
        if theirs == parts(*self._drawn_with):
            self._fit[address] = has_card
            if is_card_offered and not has_card:
                _log.warning("worker %s offers a GPU that torch cannot use: it draws on its processor", address)
            return
        self._unfit.add(address)
        why = f"cannot tell: {answer.exception()}" if answer.status == "error" else "has others"
        _log.warning("worker %s is left out: it needs the same narrator, libraries and presenter, and %s", address, why)

    def _workers(self) -> dict[str, Any]:
        try:
            return dict(self._client.scheduler_info(n_workers=-1)["workers"])
        except (OSError, TimeoutError, ValueError, RuntimeError) as fault:
            raise self._gone() from fault

    def _hand_over(self, far: FarFuture[Any]) -> None:
        """In a thread of Dask's, once for each task."""
        from distributed import KilledWorker

        if (task := self._under_way.pop(far, None)) is None:  # given to another one
            return
        ours = task.ours
        try:
            if far.status == "finished":
                is_done, result = far.result(timeout=START_LIMIT_S)
                ours.set_result(result) if is_done else ours.set_exception(result)
            elif far.status == "error":
                fault = far.exception()
                ours.set_exception(_too_deadly(fault) if isinstance(fault, KilledWorker) else fault)
            else:
                ours.set_exception(self._gone())
        except Exception as fault:  # noqa: BLE001 - whoever waits must hear of it
            ours.set_exception(fault)

    def _gone(self) -> SchedulerGone:
        return SchedulerGone(
            f"the Dask scheduler at {self._address} to go on", "it does not answer any more", "Start it and run again."
        )


def _offered(worker: dict[str, Any]) -> int:
    """GPUs that a worker was started with."""
    return int(worker.get("resources", {}).get(GPU, 0))


def _too_deadly(fault: BaseException) -> WorkerLost:
    died = " ".join(str(fault).split())
    return WorkerLost("a worker that lives until its work is done", f"several died over it ({died})", "See their logs.")


def _quieten() -> None:
    """Dask's own lines about workers that come and go are for its logs; what matters to a person is in the report."""
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
