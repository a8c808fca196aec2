"""A text in, the time to the first movement of the lips out: in a running session and from cold."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.figure import Figure
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


class FirstFrame(MemoryOutput):
    """Notes when the first frame of a sentence was drawn: the mouth begins to move 120 ms before its sound."""

    drawn_s = 0.0

    def play(self, performance: Performance, control: Control) -> Iterator[float]:
        """The first frame only."""
        self.last_frame = performance.draw(performance.start_s)
        self.drawn_s = time.perf_counter()
        yield performance.start_s


def measure() -> Iterator[Figure]:
    """Both, on the default voice and face at 1280x720."""
    yield warm()
    yield cold()


def warm() -> Figure:
    """From enqueue() to the first frame in a session that has spoken before."""
    settings = Settings()
    output = FirstFrame()
    cast = Cast(assemble.voice(settings.voice), assemble.face(settings.presenter), viewport=Viewport())
    session = Session(cast, [output], open_source=nothing, split=lambda read: assemble.sentences(read, settings))
    taken: list[float] = []
    for number in range(ROUNDS + 2):
        text = SENTENCES[number % len(SENTENCES)]
        began_s = time.perf_counter()
        session.enqueue(Passage("text", "", "en", (Block(BlockKind.PARAGRAPH, text),)))
        session.wait_until_idle()
        taken.append(output.drawn_s - began_s)
    session.close()
    blank: list[RgbImage] = []
    remap_s, _ = side_by_side_s(remap_of(1280, 720), blank.copy, 30)
    first_s = statistics.median(taken[2:])
    return Figure(
        "warm: text to first lip movement",
        first_s * 1000,
        "ms",
        f"one cv2.remap, {remap_s * 1000:.2f} ms",
        first_s / remap_s,
    )


def cold() -> Figure:
    """From `narrator read` to its first frame: the line for a sentence comes when its first frame is drawn."""
    best_s = min(_cold_start_s() for _ in range(COLD_STARTS))
    start_s = python_start_s()
    yardstick = f"starting Python alone, {start_s * 1000:.0f} ms"
    return Figure("cold: narrator read to first lip movement", best_s * 1000, "ms", yardstick, best_s / start_s)


def nothing(source: str) -> Passage:
    """No source is opened here."""
    raise NotImplementedError(source)


def _cold_start_s() -> float:
    command = [sys.executable, "-m", "narrator", "read", "--text", SENTENCES[0], "--to", "none", "--plain"]
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
