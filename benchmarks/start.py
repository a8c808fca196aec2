"""A text in, the time to the first movement of the lips out: in a running session and from cold."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.memory import PAGES, write_pdf
from benchmarks.speech_text import SENTENCES
from benchmarks.yardstick import python_start_s, remap_of, side_by_side_s
from narrator import assemble
from narrator.flow import Block, BlockKind, Passage, RgbImage, Viewport
from narrator.outputs.memory import MemoryOutput
from narrator.session import Cast, Session
from narrator.settings import Settings
from narrator.stages import Control, Performance

ROUNDS = 7
COLD_STARTS = 3
LOOK_S = 0.002
BOOK_GOAL_S = 1.0
"""Issue 2: a file of 1,000 pages starts to speak within a second."""


class FirstFrame(MemoryOutput):
    """Notes when the first frame of a sentence was drawn: the mouth begins to move 120 ms before its sound."""

    drawn_s = 0.0

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """The first frame only."""
        self.last_frame = performance.draw(performance.start_s)
        self.drawn_s = time.perf_counter()
        yield performance.start_s


def measure() -> Iterator[Figure]:
    """All of them, on the default voice and face at 1280x720."""
    yield warm()
    yield cold()
    with tempfile.TemporaryDirectory(prefix="narrator-benchmark-") as folder:
        book = Path(folder) / "book.pdf"
        write_pdf(book, PAGES)
        yield _beside_python(f"cold: {PAGES:,}-page PDF to first lip movement", cold_start_s(str(book)))
        opened_s = statistics.median(warm_starts_s(book))
        goal = f"the goal, {BOOK_GOAL_S * 1000:,.0f} ms"
        yield Figure(
            f"warm: {PAGES:,}-page PDF to first lip movement", opened_s * 1000, "ms", goal, opened_s / BOOK_GOAL_S
        )


def warm_starts_s(book: Path | None = None) -> list[float]:
    """From enqueue() of a sentence or a book to the first frame of a session that has spoken before, several times."""
    settings = Settings()
    output = FirstFrame()
    shown = assemble.face(settings.presenter)
    cast = Cast(assemble.voice(settings.voice), shown, assemble.delivery(settings), Viewport())
    session = Session(cast, [output], open_source=_opened, split=lambda read: assemble.sentences(read, settings))
    taken: list[float] = []
    for number in range(ROUNDS + 2):
        text = SENTENCES[number % len(SENTENCES)]
        began_s = time.perf_counter()
        output.drawn_s = 0.0
        session.enqueue(str(book) if book else Passage("text", "", "en", (Block(BlockKind.PARAGRAPH, text),)))
        if book:
            while not output.drawn_s:
                time.sleep(LOOK_S)
            session.stop()
        session.wait_until_idle()
        taken.append(output.drawn_s - began_s)
    session.close()
    return taken[2:]


def warm() -> Figure:
    """The middle one of several."""
    blank: list[RgbImage] = []
    remap_s, _ = side_by_side_s(remap_of(1280, 720), blank.copy, 30)
    first_s = statistics.median(warm_starts_s())
    return Figure(
        "warm: text to first lip movement",
        first_s * 1000,
        "ms",
        f"one cv2.remap, {remap_s * 1000:.2f} ms",
        first_s / remap_s,
    )


def cold() -> Figure:
    """From `narrator read` to its first frame: the line for a sentence comes when its first frame is drawn."""
    return _beside_python("cold: narrator read to first lip movement", cold_start_s("--text", SENTENCES[0]))


def _beside_python(name: str, taken_s: float) -> Figure:
    start_s = python_start_s()
    yardstick = f"starting Python alone, {start_s * 1000:.0f} ms"
    return Figure(name, taken_s * 1000, "ms", yardstick, taken_s / start_s)


def _opened(source: str) -> Passage:
    return assemble.passage(source, assemble.Request((source,)), Settings())


def cold_start_s(*source: str) -> float:
    """The shortest of several."""
    return min(_cold_start_s(source) for _ in range(COLD_STARTS))


def _cold_start_s(source: Sequence[str]) -> float:
    command = [sys.executable, "-m", "narrator", "read", *source, "--to", "none", "--plain"]
    began_s = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("1: "):
            break
    taken_s = time.perf_counter() - began_s
    process.terminate()
    process.communicate()
    return taken_s
