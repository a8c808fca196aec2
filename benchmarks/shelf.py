"""Thirty documents, a real Dask scheduler and two workers in; whether the films are equal, in step and flat out."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from benchmarks.dask_cluster import dask_cluster
from benchmarks.figure import Figure
from benchmarks.memory import KIB, MB, family
from benchmarks.shelf_documents import BAD, GOOD, write_documents
from narrator.export.cluster import Cluster
from narrator.export.document import Document
from narrator.export.drawing import Task, draw
from narrator.export.folder import ExportFolder
from narrator.export.joining import Joining, join
from narrator.export.making import PROCESSOR, Making, parts
from narrator.export.own_cores import OwnCores
from narrator.export.progress import Progress
from narrator.export.run import Export
from narrator.export.section_file import SectionWriter
from narrator.export.sections import Section
from narrator.flow import Sentence
from narrator.outputs.film_tracks import developed
from narrator.settings import Settings

SMALL = Settings(width=160, height=160, fps=20.0, graphics_card=False)
KILLED_AFTER = 8
"""Sections drawn when a worker is killed."""
SECTIONS, FIRST, LAST = 200, slice(20, 40), slice(180, 200)
"""Drawn one after the other by one process, and the two stretches that are compared."""
LONG_COPIES = 150
"""Of three sections that flash and beep: an hour and a half of film."""
FPS, FRAMES, FLASH, FLASHED = 29.97, (350, 351, 367), 50, 3
RATE_HZ = 22_050
GOAL_MS = 40.0


def measure() -> Iterator[Figure]:
    """The run that the export was built for, small; then an hour and a half of film; then one process's memory."""
    with tempfile.TemporaryDirectory(prefix="narrator-benchmark-") as name:
        folder = Path(name)
        yield from _equal_films(folder)
        yield from _in_step(folder)
        yield from _flat_memory(folder)


def _equal_films(folder: Path) -> Iterator[Figure]:
    """On one process, and on a cluster of which one worker is killed: equal to the byte before signing."""
    write_documents(folder / "shelf")
    with closing(OwnCores(1)) as here:
        one = _export(folder, "one", here, here)
        with dask_cluster(folder, workers=2) as dask, closing(Cluster(dask.address)) as cluster:
            while sum(cluster.slots().values()) < 2:
                time.sleep(0.2)
            killed: list[int] = []

            def kill_one(progress: Progress, _document: Document | None) -> None:
                if progress.sections_drawn >= KILLED_AFTER and not killed:
                    killed.append(progress.sections_drawn)
                    dask.workers[0].kill()

            _export(folder, "two", cluster, here, kill_one)
    equal = sum(
        (folder / "two" / path.name).read_bytes() == path.read_bytes()
        for path in sorted((folder / "one").glob("*.mp4"))
    )
    made = one.progress.made
    told = f"one process's {made} of {GOOD + BAD} documents, worker killed after section {killed[0]}"
    yield Figure("films equal to the byte, two workers", equal, "", told, equal / max(1, made))
    yield Figure("broken documents named in the report", one.progress.failed, "", f"there are {BAD}", None)


def _export(
    folder: Path, into: str, workers: Cluster | OwnCores, here: OwnCores, tell: object = lambda *_: None
) -> Export:
    sources = [str(path) for path in sorted((folder / "shelf").iterdir())]
    with closing(ExportFolder(folder / into)) as films:
        export = Export(films, sources, Making(SMALL), workers, here, is_signed=False, tell=tell)  # type: ignore[arg-type]
        export.run()
    return export


def _in_step(folder: Path) -> Iterator[Figure]:
    """Flashes and beeps of a long film's last minute."""
    files = tuple(str(_flashing(folder / f"flash{number}.mov", frames)) for number, frames in enumerate(FRAMES))
    joined = join(Joining(str(folder / "long.mp4"), files * LONG_COPIES, "Flashes", FPS))
    apart_ms = _apart_ms(folder / "long.mp4", joined.seconds - 60)
    worst_ms = float(np.abs(apart_ms).max())
    length = f"the goal, {GOAL_MS:.0f} ms, after {joined.seconds / 60:.0f} minutes and {3 * LONG_COPIES} joins"
    yield Figure("sound off picture, last minute", worst_ms, "ms", length, worst_ms / GOAL_MS)


def _flashing(path: Path, frames: int) -> Path:
    writer = SectionWriter(path, (64, 48), FPS)
    for frame in range(frames):
        writer.write(developed(np.full((48, 64, 3), 255 * (FLASH <= frame < FLASH + FLASHED), np.uint8)))
    sound = np.zeros(round((frames + 1) / FPS * RATE_HZ), np.int16)
    first, last = (round(frame / FPS * RATE_HZ) for frame in (FLASH, FLASH + FLASHED))
    sound[first:last] = (np.sin(np.arange(last - first) / 3.5) * 12_000).astype(np.int16)
    writer.finish(sound, RATE_HZ, [], [])
    return path


def _apart_ms(film: Path, from_s: float) -> np.ndarray:
    """How much later each beep comes than its flash."""
    import av

    with av.open(str(film)) as opened:
        opened.seek(int(from_s * av.time_base))
        seen = [(frame.time, frame.to_ndarray(format="gray").mean() > 128) for frame in opened.decode(video=0)]
        opened.seek(int(from_s * av.time_base))
        heard = [(frame.time, frame.to_ndarray()[0]) for frame in opened.decode(audio=0)]
    flashes = [time for (time, is_lit), (_, was_lit) in zip(seen[1:], seen, strict=False) if is_lit and not was_lit]
    loud = np.abs(np.concatenate([piece for _, piece in heard])) > 0.1
    onsets = np.flatnonzero(loud[1:] & ~loud[:-1]) + 1
    gap = RATE_HZ // 4  # a tone crosses zero: only what follows a quarter of a second of silence begins
    begins = onsets[np.diff(onsets, prepend=-RATE_HZ) > gap]
    beeps = heard[0][0] + begins / RATE_HZ
    return np.array([1000 * (beeps[np.abs(beeps - flash).argmin()] - flash) for flash in flashes])


def own_mb(process_id: int) -> float:
    """What a process shares with no other: a proportional size would change with whatever else runs here."""
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * KIB / MB


def _flat_memory(folder: Path) -> Iterator[Figure]:
    """What one process takes after each of many sections, at the usual size of picture."""
    settings = Settings(graphics_card=False)
    making, made_of = Making(settings), parts(settings.presenter, settings.background)
    kept = folder / "sections"
    kept.mkdir()
    taken_mb = []
    with closing(OwnCores(1)) as cores:
        for number in range(SECTIONS):
            section = Section((Sentence(f"Number {number}.", "en"),), 0.0, 4.0)
            name = making.name(section, PROCESSOR)
            cores.submit(draw, Task(name, section, making, PROCESSOR, made_of, str(kept), "")).result()
            taken_mb.append(sum(own_mb(member) for process in cores.process_ids() for member in family(process)))
    early_mb, late_mb = statistics.median(taken_mb[FIRST]), statistics.median(taken_mb[LAST])
    yield Figure(
        f"memory of a worker, sections {LAST.start}-{LAST.stop}",
        late_mb,
        "MB",
        f"its sections {FIRST.start}-{FIRST.stop}, {early_mb:.0f} MB",
        late_mb / early_mb,
    )
