"""The panel in a terminal of its own in, how soon it answers keys and what it costs out, beside an idle one."""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.terminal import Terminal

PAGE = Path(__file__).parents[1] / "examples" / "page.html"
LETTERS = [*map(chr, range(0x0430, 0x0480)), *map(chr, range(0x0561, 0x0587))]
"""Each is typed once, so the first time it is painted is the answer."""
BETWEEN_S = (0.08, 0.2)
"""A quick typist."""
PAUSES = 20
WATCHED_S = 10.0
SETTLED_S = 2.0
FACE_AWAY = "v"


def measure() -> Iterator[Figure]:
    """Keys first, then what it costs."""
    yield from answers()
    yield from costs()


def answers() -> Iterator[Figure]:
    """A panel that shows the face, reads a page and makes a film, and one beside it that does nothing, in turns."""
    with home() as one, home() as other, panel(one, str(PAGE)) as busy, panel(other) as idle:
        idle.press(FACE_AWAY)
        busy.answered_s(busy.press("e"), "Make a film")
        busy.answered_s(busy.press("\r"), "Making")
        busy_s, idle_s = typed_s(busy, idle)
        paused_s = pauses_s(busy)
    yardstick = f"a panel beside it that does nothing, {_p95(idle_s) * 1000:.1f} ms"
    yield _beside("panel: key to paint, p95", _p95(busy_s), yardstick, _p95(idle_s))
    middle_s = statistics.median(idle_s)
    yardstick = f"a panel beside it that does nothing, {middle_s * 1000:.1f} ms"
    yield _beside("panel: key to paint, median", statistics.median(busy_s), yardstick, middle_s)
    yield _beside("panel: space to the word of it, median", statistics.median(paused_s), yardstick, middle_s)


def costs() -> Iterator[Figure]:
    """The panel's own process while its narration reads in another."""
    for face, keys in (("away", FACE_AWAY), ("shown", "")):
        with home() as own, panel(own, str(PAGE)) as reading:
            reading.press(keys)
            time.sleep(SETTLED_S)
            begin_s = reading.processor_s()
            time.sleep(WATCHED_S)
            share = (reading.processor_s() - begin_s) / WATCHED_S
        yield Figure(f"panel: share of a core, face {face}", share * 100, "%", "one core, 100 %", share)


@contextmanager
def panel(home: Path, *words: str) -> Iterator[Terminal]:
    """With its folders under home, and no screen for the window."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {f"XDG_{name}": str(home / name) for name in ("CONFIG_HOME", "STATE_HOME", "RUNTIME_DIR")}
    environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    (home / "RUNTIME_DIR").mkdir(mode=0o700, exist_ok=True)
    terminal = Terminal([sys.executable, "-m", "narrator", "panel", *words], environment, home)
    try:
        terminal.until("speaking" if words else "idle")
        yield terminal
    finally:
        terminal.end()


@contextmanager
def home() -> Iterator[Path]:
    """A person's folders, new; the name is short, since a socket's must be."""
    with tempfile.TemporaryDirectory(prefix="nr-") as folder:
        yield Path(folder)


def typed_s(busy: Terminal, idle: Terminal) -> tuple[list[float], list[float]]:
    """Seconds from each letter in the typing line of either to its place on the screen."""
    chance = random.Random(0)
    taken: tuple[list[float], list[float]] = ([], [])
    for terminal in (busy, idle):
        terminal.press("t")
    time.sleep(SETTLED_S)
    for letter in LETTERS:
        for terminal, seconds in zip((busy, idle), taken, strict=True):
            seconds.append(terminal.answered_s(terminal.press(letter), letter))
            time.sleep(chance.uniform(*BETWEEN_S))
    return taken


def pauses_s(terminal: Terminal) -> list[float]:
    """Seconds from the space bar to the words that tell of it."""
    terminal.press("\x1b")
    time.sleep(SETTLED_S)
    taken = []
    for _ in range(PAUSES):
        for words in ("Paused at", "Going on."):
            taken.append(terminal.answered_s(terminal.press(" "), words))
            time.sleep(0.3)
    return taken


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _beside(name: str, figure_s: float, yardstick: str, yardstick_s: float) -> Figure:
    return Figure(name, figure_s * 1000, "ms", yardstick, figure_s / yardstick_s)
