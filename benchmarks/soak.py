"""Minutes in, whether a narration steered all the while keeps its memory flat and in step, out.

Run as: python -m benchmarks soak --minutes N.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import fault_soak
from benchmarks.figure import Figure
from benchmarks.loop_back import run, screen, sound_server
from benchmarks.memory import KIB, MB, family, own_kib
from benchmarks.speech_text import page

MINUTES = 1.0
LOOK_S = 1.0
COMMAND_EVERY_S = 4.0
WARM_S = 45.0
"""Until every renderer and worker that is ever needed is there."""
COMMANDS = (
    ("pause",),
    ("resume",),
    ("replay",),
    ("replay", "--slower"),
    ("next", "--paragraph"),
    ("previous",),
    ("rate", "110"),
    ("rate", "160"),
    ("change", "exaggeration", "1.5"),
    ("change", "exaggeration", "1.1"),
)
SEEDS = 3


def measure(minutes: float = MINUTES) -> Iterator[Figure]:
    """Memory of a steered narration, drift of sound and picture, and what became of sentences under faults."""
    yield from memory(minutes * 60)
    yield from sync(minutes * 60)
    accounts = [fault_soak.run(seed) for seed in range(SEEDS)]
    faults = sum(sum(account.done.values()) for account in accounts)
    lost = sum(len(account.lost) for account in accounts)
    said = sum(len(account.expected) for account in accounts)
    yield Figure("sentences lost under faults", lost, "", f"{faults} faults in {said} sentences", lost / said)


def memory(seconds: float) -> Iterator[Figure]:
    """All processes of `narrator read` in a window with sound, while commands come every few seconds; without what
    files they read, which other programs share."""
    chance = random.Random(0)
    with (
        tempfile.TemporaryDirectory(prefix="narrator-soak-") as folder,
        sound_server(Path(folder)) as sound,
        screen(Path(folder)) as (display, _),
    ):
        text = Path(folder) / "long.txt"
        text.write_text("\n\n".join("\n".join(page(number)) for number in range(1, 401)))
        environment = sound | display
        command = [sys.executable, "-m", "narrator"]
        process = subprocess.Popen([*command, "read", str(text), "--plain"], env=environment, stderr=subprocess.DEVNULL)
        began_s, asked_s = time.monotonic(), time.monotonic()
        taken: list[tuple[float, float]] = []
        while process.poll() is None and time.monotonic() - began_s < WARM_S + seconds:
            now_s = time.monotonic()
            if now_s - asked_s > COMMAND_EVERY_S:
                asked_s = now_s
                words = chance.choice(COMMANDS)
                subprocess.run([*command, *words], env=environment, stderr=subprocess.DEVNULL, check=False)
                subprocess.run([*command, "resume"], env=environment, stderr=subprocess.DEVNULL, check=False)
            if now_s - began_s > WARM_S:
                taken.append((now_s, sum(own_kib(each) for each in family(process.pid)) * KIB / MB))
            time.sleep(LOOK_S)
        has_lived = process.poll() is None
        process.terminate()
        process.wait()
    if not has_lived:
        raise RuntimeError("the narration ended by itself")
    tenth = max(1, len(taken) // 10)
    first_mb = statistics.median(mb for _, mb in taken[:tenth])
    last_mb = statistics.median(mb for _, mb in taken[-tenth:])
    slope = float(np.polyfit([at for at, _ in taken], [mb for _, mb in taken], 1)[0]) * 3600
    yield Figure(
        f"own memory after {seconds / 60:g} min", last_mb, "MB", f"at first, {first_mb:.0f} MB", last_mb / first_mb
    )
    yield Figure("growth of memory, by its slope", slope, "MB/h", f"at first, {first_mb:.0f} MB", slope / first_mb)


def sync(seconds: float) -> Iterator[Figure]:
    """How far sound and picture drift apart from the first quarter to the last, seen and heard from outside."""
    offsets_ms = [1000 * offset for offset in run(seconds).calm_offsets_s]
    quarter = max(1, len(offsets_ms) // 4)
    early, late = statistics.median(offsets_ms[:quarter]), statistics.median(offsets_ms[-quarter:])
    yield Figure("drift of sound behind picture", late - early, "ms", f"at first, {early:.1f} ms", None)
    yield Figure("furthest from 20 ms", max(abs(offset - 20) for offset in offsets_ms), "ms", "the goal, 20 ms", None)
