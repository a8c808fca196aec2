"""A one-page and a 1,000-page PDF in, the peak memory of all processes that read them aloud out."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.speech_text import page

PAGES = 1000
READING_S = 12.0
"""How long each is read aloud: some forty seconds of narration."""
LOOK_S = 0.1
LIMIT_S = 300.0
KIB = 1024
MB = 1e6
GOAL_MB = 600


def measure() -> Iterator[Figure]:
    """Proportional set sizes, summed (design.md): drawing to a film, and reading the whole text."""
    with tempfile.TemporaryDirectory(prefix="narrator-benchmark-") as folder:
        short, long = Path(folder) / "short.pdf", Path(folder) / "long.pdf"
        write_pdf(short, 1)
        write_pdf(long, PAGES)
        film = str(Path(folder) / "film.mp4")
        one_mb = peak_mb(["read", str(short), "--to", film], READING_S)
        many_mb = peak_mb(["read", str(long), "--to", film], READING_S)
        text_one_mb = peak_mb(["text", str(short)], LIMIT_S)
        text_many_mb = peak_mb(["text", str(long)], LIMIT_S)
    yield Figure("peak memory, narrating 1 page", one_mb, "MB", f"the goal, {GOAL_MB} MB", one_mb / GOAL_MB)
    yield Figure(f"peak memory, narrating {PAGES} pages", many_mb, "MB", f"1 page, {one_mb:.0f} MB", many_mb / one_mb)
    yield Figure(
        f"peak memory, text of all {PAGES} pages",
        text_many_mb,
        "MB",
        f"1 page, {text_one_mb:.0f} MB",
        text_many_mb / text_one_mb,
    )


def write_pdf(path: Path, pages: int) -> None:
    """A PDF of so many pages of plain text."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for number in range(1, pages + 1):
        text = canvas.beginText(60, 780)
        text.setFont("Helvetica", 9)
        text.textLines(page(number))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()


def peak_mb(words: list[str], limit_s: float) -> float:
    """The most memory that the command and its children take, until it ends or the limit is over."""
    process = subprocess.Popen(
        [sys.executable, "-m", "narrator", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline, peak_kib = time.monotonic() + limit_s, 0
    while process.poll() is None and time.monotonic() < deadline:
        peak_kib = max(peak_kib, sum(pss_kib(each) for each in family(process.pid)))
        time.sleep(LOOK_S)
    process.terminate()
    process.wait()
    return peak_kib * KIB / MB


def family(first: int) -> list[int]:
    """The process and all it started, by /proc."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = [first]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def pss_kib(process: int) -> int:
    """Its proportional set size; 0 where it has gone."""
    return _rollup_kib(process, "Pss:")


def own_kib(process: int) -> int:
    """What it has made itself: pages of files count for fewer the more other programs happen to use them."""
    return _rollup_kib(process, "Pss_Anon:", "Pss_Shmem:")


def _rollup_kib(process: int, *names: str) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(names))
