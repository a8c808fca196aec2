"""A real Dask scheduler with real workers: the same films to the byte, whoever dies on the way."""

from __future__ import annotations

import json
import operator
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from benchmarks.dask_cluster import DaskCluster, dask_cluster
from narrator import assemble
from narrator.errors import SchedulerGone, SourceMissing
from narrator.export.cluster import Cluster
from narrator.export.document import Document
from narrator.export.making import CARD, PROCESSOR, Making
from narrator.export.own_cores import OwnCores
from narrator.export.progress import Progress
from narrator.export.reading import read
from narrator.export.run import Export
from narrator.settings import Settings
from tests.narrator.export.conftest import QUICK, book, states

Run = Callable[..., Export]
LIMIT_S = 120.0
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), workers=2) as started:
        yield started


@pytest.fixture(scope="module")
def cluster(dask: DaskCluster) -> Iterator[Cluster]:
    with closing(Cluster(dask.address)) as found:
        wait_for_slots(found, {PROCESSOR: 2})
        yield found


def wait_for_slots(cluster: Cluster, wanted: dict[str, int]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while cluster.slots() != wanted:
        assert time.monotonic() < deadline, cluster.slots()
        time.sleep(0.1)


def films(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [*folder.glob("*.mp4"), *folder.glob("*.vtt")]}


def test_results_and_faults_come_back_from_other_processes(cluster: Cluster) -> None:
    assert cluster.submit(operator.add, 40, 2).result(LIMIT_S) == 42
    assert cluster.submit(os.getpid).result(LIMIT_S) != os.getpid()
    with pytest.raises(RecursionError):  # whose traceback is too deep to be handed on
        cluster.submit(json.loads, "[" * 100_000).result(LIMIT_S)
    with pytest.raises(SourceMissing, match="no-such-file"):
        cluster.submit(read, "no-such-file.md", None, Settings()).result(LIMIT_S)


def test_the_command_line_draws_on_it(dask: DaskCluster, cluster: Cluster, shelf: Path, tmp_path: Path) -> None:
    (shelf / "book.md").write_text(book(1), encoding="utf-8")
    twins = ("--voice", "silent", "--presenter", "still", "--width", "160", "--height", "160", "--fps", "20")
    words = ("export", str(shelf), "--into", str(tmp_path / "films"), "--cluster", dask.address, "--jobs", "1", *twins)
    command = [sys.executable, "-m", "narrator", *words]
    made = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert (made.returncode, made.stdout) == (0, f"{tmp_path / 'films/book.mp4'}\n"), made.stderr
    page = tmp_path / "films/index.html"
    assert made.stderr.splitlines() == [f"1/1 made: {shelf / 'book.md'}", f"narrator: to watch: {page}"]


def test_a_worker_that_offers_a_gpu_is_given_sections_for_it(dask: DaskCluster, cluster: Cluster) -> None:
    with_card = dask.add_worker("--resources", "GPU=1")
    wait_for_slots(cluster, {PROCESSOR: 2, CARD: 1})
    assert cluster.submit(os.getpid, drawn_by=CARD).result(LIMIT_S) == with_card.pid
    with_card.kill()
    wait_for_slots(cluster, {PROCESSOR: 2})


TORCH_ON_A_PROCESSOR = """
import sys
from pathlib import Path
from avatar.render.batch import batch_renderer, graphics_card
graphics_card.graphics_card = lambda: "cpu"
def noted(draw):
    def noted_draw(self, frames):
        with Path("FOLDER", "drawn").open("a") as drawn:
            drawn.write(f"{self._device} {len(frames)}\\n")
        return draw(self, frames)
    return noted_draw
batch_renderer.BatchRenderer.draw = noted(batch_renderer.BatchRenderer.draw)
"""
"""What a graphics card does, done by torch without one; and how many frames at a time."""


def test_a_worker_that_offers_a_gpu_draws_by_torch_many_frames_at_once_under_a_name_of_its_own(
    export: Run, shelf: Path, tmp_path: Path
) -> None:
    (shelf / "one.txt").write_text("Papa may.", encoding="utf-8")
    preload = TORCH_ON_A_PROCESSOR.replace("FOLDER", str(tmp_path))
    (tmp_path / "card.py").write_text(preload, encoding="utf-8")
    face = Settings(width=160, height=160, fps=20.0)
    with dask_cluster(tmp_path, workers=0) as dask, closing(Cluster(dask.address, face)) as cluster:
        dask.add_worker("--resources", "GPU=1", "--preload", str(tmp_path / "card.py"))
        wait_for_slots(cluster, {CARD: 1})
        assert states(export(Making(face), workers=cluster)) == {"one": "made"}
        assert states(export(Making(face), workers=cluster)) == {"one": "kept"}
    drawn = [line.split() for line in (tmp_path / "drawn").read_text().splitlines()]
    assert {device for device, _ in drawn} == {"cpu"}
    assert max(int(frames) for _, frames in drawn) > 8
    (section,) = read(str(shelf / "one.txt"), None, face).sections
    by_card, by_processor = (Making(face).name(section, drawn_by) for drawn_by in (CARD, PROCESSOR))
    assert by_card != by_processor
    assert [path.stem for path in (tmp_path / "films/.sections").glob("*.mov")] == [by_card]


def test_a_gpu_that_is_not_there_is_told_and_the_processor_draws(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with dask_cluster(tmp_path, workers=0) as dask, closing(Cluster(dask.address, QUICK)) as cluster:
        dask.add_worker("--resources", "GPU=1")
        wait_for_slots(cluster, {PROCESSOR: 1} if not assemble.graphics_card() else {CARD: 1})
    told = ["torch cannot use" in record.getMessage() for record in caplog.records]
    assert told == ([] if assemble.graphics_card() else [True])


def test_one_worker_killed_in_the_middle_changes_no_byte(
    export: Run, shelf: Path, tmp_path: Path, dask: DaskCluster, cluster: Cluster, cores: OwnCores
) -> None:
    words = "These words fill a chapter so that it is long enough for a section of its own. " * 6
    for number in range(4):
        (shelf / f"book{number}.md").write_text(book(number, 4, words), encoding="utf-8")
    (shelf / "poison.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    killed: list[float] = []

    def kill_one(progress: Progress, _document: Document | None) -> None:
        if progress.sections_drawn >= 3 and not killed:
            killed.append(progress.sections_drawn)
            dask.workers[0].kill()

    on_cluster = export(into="cluster", workers=cluster, tell=kill_one)
    on_one = export(into="one")
    assert killed
    assert killed[0] < on_cluster.progress.sections
    assert states(on_cluster) == states(on_one)
    assert films(tmp_path / "cluster") == films(tmp_path / "one")
    assert len(films(tmp_path / "one")) == 8


def test_a_worker_of_another_version_is_left_out_and_told_of(
    export: Run, shelf: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It would fail each section in no time, and so take them all."""
    for number in range(6):
        (shelf / f"book{number}.md").write_text(book(number), encoding="utf-8")
    other = tmp_path / "other"
    for folder in ("narrator", "avatar", "readers"):
        shutil.copytree(ROOT / folder, other / folder, ignore=shutil.ignore_patterns("__pycache__"))
    flow = other / "narrator/flow.py"
    flow.write_text(flow.read_text(encoding="utf-8") + "# of another version\n", encoding="utf-8")
    with dask_cluster(tmp_path, workers=0) as dask, closing(Cluster(dask.address, QUICK)) as cluster:
        dask.add_worker(program=other)
        deadline = time.monotonic() + LIMIT_S
        while not caplog.records:
            assert cluster.slots() == {}
            assert time.monotonic() < deadline
            time.sleep(0.1)
        dask.add_worker()
        made = export(workers=cluster)
    assert set(states(made).values()) == {"made"}
    assert ["is left out" in record.getMessage() for record in caplog.records] == [True]


def test_what_waits_for_a_worker_that_is_gone_is_given_to_one_that_comes(tmp_path: Path) -> None:
    with dask_cluster(tmp_path, workers=1) as dask, closing(Cluster(dask.address, QUICK)) as cluster:
        wait_for_slots(cluster, {PROCESSOR: 1})
        cluster._unfit.add("tcp://somebody")  # so that tasks are meant for those that fit
        slow = cluster.submit(time.sleep, 1)
        dask.workers[0].kill()
        dask.add_worker()
        deadline = time.monotonic() + LIMIT_S
        while not slow.done():
            cluster.slots()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert slow.result() is None


def test_a_service_that_is_no_scheduler_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=greet, args=(other,), daemon=True).start()
        with pytest.raises(SchedulerGone, match="none answers there"):
            Cluster(f"tcp://127.0.0.1:{other.getsockname()[1]}")


def greet(server: socket.socket) -> None:
    """As a mail or shell server does, which speaks first."""
    with suppress(OSError):
        while True:
            caller, _ = server.accept()
            with caller:
                caller.sendall(b"220 mail.example.org ready\r\n" * 8)


def test_a_scheduler_that_is_gone_ends_the_run_in_words_and_the_next_one_completes_it(
    export: Run, shelf: Path, tmp_path: Path
) -> None:
    words = "These words fill a chapter so that it is long enough for a section of its own. " * 6
    (shelf / "book.md").write_text(book(1, 12, words), encoding="utf-8")
    with dask_cluster(tmp_path, workers=1) as dask, closing(Cluster(dask.address)) as cluster:

        def end_scheduler(progress: Progress, _document: Document | None) -> None:
            if progress.sections_drawn >= 2:
                dask.end_scheduler()

        broken = export(workers=cluster, tell=end_scheduler)
    assert states(broken) == {"book": "failed"}
    assert "Dask scheduler" in broken.documents[0].why
    completed = export()
    assert states(completed) == {"book": "made"}
    assert completed.progress.sections_there >= 2
