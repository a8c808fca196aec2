"""Minutes in, a narration in a window that is steered all the while out: its memory and sync, minute by minute.

What is seen and heard comes from outside (benchmarks/loop_back); the narration flashes and beeps (flashing_reader).
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.loop_back import APART_S, Ear, Eye, paired, screen, sound_server
from benchmarks.memory import KIB, MB, family, own_kib
from benchmarks.speech_text import page

PAGES = 400
"""More than an hour of text at 160 words a minute."""
WARM_S = 60.0
"""Until every renderer and worker that is ever needed is there."""
MINUTE_S = 60.0
LOOK_S = 5.0
"""From one look at the memory to the next."""
TURN_S = 0.2
COMMAND_EVERY_S = 10.0
UPSET_S = 1.0
"""After a command, sentences are broken off, begun or prepared anew: what is seen and heard then is not judged."""
SETTLED_S = 1.0
"""A minute is looked at this long after its end, when the fellows of its last beeps have come."""
FLASH_POINTS = 60
"""A quarter of the window's; no caption has so many bright ones."""
COMMANDS = (
    ("pause",),
    ("replay",),
    ("replay", "--slower"),
    ("next", "--paragraph"),
    ("previous",),
    ("rate", "110"),
    ("rate", "160"),
    ("change", "exaggeration", "1.5"),
    ("change", "exaggeration", "1.1"),
)


@dataclass(frozen=True)
class Minute:
    """What was seen of one minute."""

    number: int
    """From 1."""
    own_mb: float
    """What all processes of the narration have made themselves, without files that others use too: the median."""
    offsets_ms: list[float]
    """How far each beep was behind its flash."""
    alone: int
    """Beeps or flashes without their fellow."""
    gaps_ms: list[float]
    """From one picture on the screen to the next."""
    unjudged: int
    """Beeps in whose moment a command was being obeyed, or the machine was taken from the watcher."""
    frames: dict[str, int] = field(default_factory=dict)
    """Drawn and left out; closures, and those of them that were not drawn (flashing_reader.Drawn.told)."""


class Steering:
    """Commands from other processes, every few seconds."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._chance = random.Random(0)
        self._next_s = time.perf_counter() + COMMAND_EVERY_S
        self._upset_s: list[tuple[float, float]] = []

    def turn(self) -> None:
        """One more command, if it is time."""
        began_s = time.perf_counter()
        if began_s < self._next_s:
            return
        self._next_s = began_s + COMMAND_EVERY_S
        for words in (self._chance.choice(COMMANDS), ("resume",)):
            command = [sys.executable, "-m", "narrator", *words]
            subprocess.run(command, env=self._environment, stderr=subprocess.DEVNULL, check=False)
        self._upset_s.append((began_s, time.perf_counter() + UPSET_S))

    def upsets(self, begin_s: float, end_s: float) -> bool:
        """Whether a command was being obeyed between the two."""
        return any(begin_s < end and begin < end_s for begin, end in self._upset_s[-20:])


def minutes(count: int) -> Iterator[Minute]:
    """Each as soon as it is over. Raises RuntimeError when the narration ends by itself."""
    with (
        tempfile.TemporaryDirectory(prefix="narrator-soak-") as folder,
        sound_server(Path(folder)) as sound,
        screen(Path(folder)) as (display, memory),
    ):
        text, account = Path(folder) / "long.txt", Path(folder) / "frames.jsonl"
        text.write_text("\n\n".join("\n".join(page(number)) for number in range(1, PAGES + 1)))
        environment = sound | display
        command = [sys.executable, "-m", "benchmarks.flashing_reader", str(account), "read", str(text), "--plain"]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        ear, eye, steering = Ear(sound), Eye(memory, FLASH_POINTS), Steering(environment)
        try:
            begin_s = time.perf_counter() + WARM_S
            for number in range(count + 1):  # the first is the warming up
                end_s = begin_s + MINUTE_S * number
                own_mb = _steered_until(end_s + SETTLED_S, process, steering)
                frames = _frames_told(account)
                if number:
                    yield Minute(number, own_mb, *_seen(ear, eye, steering, end_s - MINUTE_S, end_s), frames)
        finally:
            process.terminate()
            process.wait()
            eye.close()
            ear.close()


def _steered_until(end_s: float, process: subprocess.Popen[bytes], steering: Steering) -> float:
    """The median of the memory meanwhile, MB."""
    looks_mb: list[float] = []
    looked_s = 0.0
    while (now_s := time.perf_counter()) < end_s:
        if process.poll() is not None:
            raise RuntimeError("the narration ended by itself")
        steering.turn()
        if now_s - looked_s > LOOK_S:
            looked_s = now_s
            looks_mb.append(sum(own_kib(each) for each in family(process.pid)) * KIB / MB)
        time.sleep(TURN_S)
    return statistics.median(looks_mb)


def _seen(
    ear: Ear, eye: Eye, steering: Steering, begin_s: float, end_s: float
) -> tuple[list[float], int, list[float], int]:
    """Offsets, how many stand alone, gaps, and how many beeps were not judged; of that stretch of time."""

    def near(moments_s: Sequence[float], around_s: float = 0.0) -> list[float]:
        return [moment_s for moment_s in moments_s if begin_s - around_s <= moment_s < end_s + around_s]

    def is_calm(moment_s: float) -> bool:
        return not (eye.was_blinded(moment_s) or steering.upsets(moment_s - APART_S, moment_s + APART_S))

    beeps, flashes = near(ear.beeps_s), near(eye.flashes_s)
    judged = [beep for beep in beeps if is_calm(beep)]
    pairs, _ = paired(near(eye.flashes_s, APART_S), judged)
    heard = near(ear.beeps_s, APART_S)
    unheard = [flash for flash in flashes if is_calm(flash) and all(abs(flash - beep) >= APART_S for beep in heard)]
    pictures = near(eye.pictures_s)
    gaps_ms = [
        round(1000 * (after - before), 1)
        for before, after in zip(pictures, pictures[1:], strict=False)
        if not (eye.was_blind(before, after) or steering.upsets(before, after))
    ]
    offsets_ms = [round(1000 * (beep - flash), 1) for flash, beep in pairs]
    return offsets_ms, len(judged) - len(pairs) + len(unheard), gaps_ms, len(beeps) - len(judged)


def _frames_told(account: Path) -> dict[str, int]:
    """The sums of what was told since the last time."""
    if not account.exists():
        return {}
    taken = account.rename(account.with_suffix(".taken"))
    told = [json.loads(line) for line in taken.read_text().splitlines()]
    return {name: sum(one[name] for one in told) for name in (told[0] if told else ())}
