"""Sections in; how fast a core draws them, what a second core adds and what giving them out costs out."""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.dask_cluster import dask_cluster
from benchmarks.figure import Figure
from benchmarks.speech_text import sentences
from narrator.export.cluster import Cluster
from narrator.export.drawing import Drawn, Task, draw
from narrator.export.joining import Joining, join
from narrator.export.making import PROCESSOR, Making, parts
from narrator.export.own_cores import OwnCores
from narrator.export.section_file import SUFFIX
from narrator.export.sections import Section
from narrator.export.workers import Workers
from narrator.flow import Sentence
from narrator.settings import Settings

DRAWN = 4
"""Sections, of equal length, for each number of cores."""
EMPTY = 200
"""Tasks that do nothing."""
UNDER_WAY = 2
"""Tasks given to each worker, as in a run (narrator/export/run)."""
GOAL_SCALING, GOAL_OVERHEAD_MS = 1.7, 50.0
COPIES = 15
"""Of what was drawn: a film long enough to time its joining."""


def measure() -> Iterator[Figure]:
    """At 1280x720, 30 frames a second, with the default face and voice, on processors."""
    with tempfile.TemporaryDirectory(prefix="narrator-benchmark-") as name:
        folder = Path(name)
        yield from _scaling(folder)
        yield from _joining(folder)
        yield from _overhead(folder)


def task(number: int, folder: Path, words: str = "") -> Task:
    """One section of some seconds; the same words but for a number."""
    settings = Settings(graphics_card=False)
    words = words or sentences(1)[0].replace("Number 1", f"Number {10 + number}")
    section = Section((Sentence(words, "en"),), 0.0, 4.0)
    making = Making(settings)
    made_of = parts(settings.presenter, settings.background)
    name = f"{number:03d}-{making.name(section, PROCESSOR)}"
    return Task(name, section, making, PROCESSOR, made_of, str(folder), "elsewhere")


def _scaling(folder: Path) -> Iterator[Figure]:
    taken_s, film_s = {}, 0.0
    for cores in (1, 2):
        with closing(OwnCores(cores)) as workers:
            _all(workers, [task(number, folder, "Yes.") for number in range(cores)])  # compiled, loaded
            began_s = time.perf_counter()
            drawn = _all(workers, [task(number, folder) for number in range(DRAWN)])
            taken_s[cores] = time.perf_counter() - began_s
        film_s = sum(one.seconds for one in drawn)
    for one in drawn:
        (folder / f"{one.name}{SUFFIX}").write_bytes(one.data or b"")
    told = f"the film's length, {film_s:.1f} s (times real time)"
    yield Figure("sections 1280x720, one core", taken_s[1], "s", told, film_s / taken_s[1])
    yield Figure("sections 1280x720, two cores", taken_s[2], "s", told, film_s / taken_s[2])
    scaling = taken_s[1] / taken_s[2]
    yield Figure("from one core to two", scaling, "", f"the goal, {GOAL_SCALING}", scaling / GOAL_SCALING)
    size_kib = sum(len(one.data or b"") for one in drawn) / 1024
    yield Figure("a section's file", size_kib / film_s, "KiB/s", "", None)


def _all(workers: Workers, tasks: list[Task]) -> list[Drawn]:
    return [future.result() for future in [workers.submit(draw, one) for one in tasks]]


def _joining(folder: Path) -> Iterator[Figure]:
    files = tuple(str(path) for path in sorted(folder.glob(f"*{SUFFIX}"))) * COPIES
    began_s = time.perf_counter()
    film = folder / "film.mp4"
    joined = join(Joining(str(film), files, "Film", 30.0))
    taken_s = time.perf_counter() - began_s
    told = f"the film's length, {joined.seconds:.0f} s (times real time)"
    yield Figure("joining sections to a film", taken_s, "s", told, joined.seconds / taken_s)
    yield Figure("a film", film.stat().st_size / 1024 / joined.seconds, "KiB/s", "", None)


def _overhead(folder: Path) -> Iterator[Figure]:
    """What one worker loses between two sections that take no time."""
    payload = (task(0, folder),)
    with closing(OwnCores(1)) as cores:
        yield _lost("own cores: overhead of a section", cores, payload)
    with dask_cluster(folder, workers=1) as dask, closing(Cluster(dask.address)) as cluster:
        while not cluster.slots():
            time.sleep(0.1)
        yield _lost("Dask: overhead of a section", cluster, payload)


def _lost(name: str, workers: Workers, payload: tuple[Task, ...]) -> Figure:
    workers.submit(len, payload).result()
    under_way: deque[Future[Any]] = deque()
    began_s = time.perf_counter()
    for _ in range(EMPTY):
        under_way.append(workers.submit(len, payload))
        if len(under_way) >= UNDER_WAY:
            under_way.popleft().result()
    for future in under_way:
        future.result()
    lost_ms = (time.perf_counter() - began_s) / EMPTY * 1000
    return Figure(name, lost_ms, "ms", f"the goal, {GOAL_OVERHEAD_MS:.0f} ms", lost_ms / GOAL_OVERHEAD_MS)
