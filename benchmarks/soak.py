"""Minutes in, whether a narration steered all the while keeps its memory flat and in step, out.

Run as: python -m benchmarks soak --minutes N. Each minute is written to RECORD as soon as it is over; of a run that was
cut off, `python -m benchmarks.soak [RECORD]` prints the figures so far.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks import fault_soak
from benchmarks.figure import Figure
from benchmarks.kept import FOLDER
from benchmarks.loop_back import JITTER_S, LATEST_S
from benchmarks.steered_reading import Minute, minutes

MINUTES = 1.0
RECORD = FOLDER / "soak.jsonl"
SETTLING_SHARE = 0.25
"""Of the minutes: in these, caches and pools fill. The slope is that of the others."""
GROWTH_MB_PER_HOUR = 10.0
"""Flat: a day of it, eight hours, costs less than a tenth of what is allowed (600 MB)."""
DRIFT_MS = 5.0
"""In step to the end: an eighth of the 40 ms that sound may be behind."""
KNOWN_TO_MS = 5.0
"""As near as flash and beep can be told from outside (benchmarks/loop_back)."""
SEEDS = 3


def measure(count: float = MINUTES) -> Iterator[Figure]:
    """Memory, sync and frames of a steered narration, and what became of sentences under faults."""
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    seen: list[Minute] = []
    with RECORD.open("w") as record:
        for minute in minutes(max(1, round(count))):
            seen.append(minute)
            record.write(json.dumps(asdict(minute)) + "\n")
            record.flush()
            print(_line(minute, round(count)), file=sys.stderr, flush=True)
    yield from figures(seen)
    yield from _faults()


def figures(seen: Sequence[Minute]) -> Iterator[Figure]:
    """Over all minutes."""
    yield from _memory(seen)
    yield from _sync(seen)
    gaps_ms = [gap for minute in seen for gap in minute.gaps_ms]
    gap_ms = float(np.percentile(gaps_ms, 99))
    yield Figure("picture to picture, 99th of 100", gap_ms, "ms", "the goal, 50 ms", gap_ms / 50)
    yield Figure("picture to picture, longest", max(gaps_ms), "ms", f"{len(gaps_ms)} pictures", None)
    told = {
        name: sum(one.frames.get(name, 0) for one in seen) for name in ("frames", "left_out", "closures", "dropped")
    }
    due = told["frames"] + told["left_out"]
    yield Figure("frames left out", 100 * told["left_out"] / max(1, due), "%", f"{due} frames", None)
    yield Figure("closures left out", told["dropped"], "", f"{told['closures']} closures", None)


def _memory(seen: Sequence[Minute]) -> Iterator[Figure]:
    settled = seen[round(SETTLING_SHARE * len(seen)) :]
    tenth = max(1, len(settled) // 10)
    first_mb = statistics.median(minute.own_mb for minute in settled[:tenth])
    last_mb = statistics.median(minute.own_mb for minute in settled[-tenth:])
    since = f"minute {settled[0].number}, {first_mb:.1f} MB"
    yield Figure(f"own memory, minute {settled[-1].number}", last_mb, "MB", since, last_mb / first_mb)
    if len(settled) > 1:
        slope = np.polyfit([minute.number / 60 for minute in settled], [minute.own_mb for minute in settled], 1)[0]
        limit = f"the limit, {GROWTH_MB_PER_HOUR:g} MB/h"
        yield Figure("growth of memory, by its slope", float(slope), "MB/h", limit, float(slope) / GROWTH_MB_PER_HOUR)


def _sync(seen: Sequence[Minute]) -> Iterator[Figure]:
    offsets_ms = np.array([offset for minute in seen for offset in minute.offsets_ms])
    judged, unjudged = len(offsets_ms), sum(minute.unjudged for minute in seen)
    latest_ms, goal_ms = 1000 * LATEST_S, 1000 * JITTER_S
    middle_ms = float(np.median(offsets_ms))
    beeps = f"{judged} beeps, {unjudged} not judged"
    yield Figure("sound behind picture, median", middle_ms, "ms", beeps, middle_ms / latest_ms)
    for name, value in (("least", offsets_ms.min()), ("most", offsets_ms.max())):
        yield Figure(f"sound behind picture, {name}", float(value), "ms", f"the goal, 0 to {latest_ms:.0f} ms", None)
    within = float(np.mean((offsets_ms >= -KNOWN_TO_MS) & (offsets_ms <= latest_ms + KNOWN_TO_MS)))
    yield Figure(f"sound 0 to 40 ms behind, known to {KNOWN_TO_MS:g} ms", 100 * within, "%", beeps, within)
    jitter_ms = float(np.percentile(np.abs(offsets_ms - middle_ms), 95))
    yield Figure("sound behind picture, jitter", jitter_ms, "ms", f"the goal, {goal_ms:.0f} ms", jitter_ms / goal_ms)
    by_minute = [statistics.median(minute.offsets_ms) for minute in seen if minute.offsets_ms]
    quarter = max(1, len(by_minute) // 4)
    drift_ms = statistics.median(by_minute[-quarter:]) - statistics.median(by_minute[:quarter])
    yield Figure(
        "drift, first to last quarter", drift_ms, "ms", f"the limit, {DRIFT_MS:g} ms", abs(drift_ms) / DRIFT_MS
    )
    yield Figure("beeps or flashes alone", sum(minute.alone for minute in seen), "", beeps, None)


def _faults() -> Iterator[Figure]:
    accounts = [fault_soak.run(seed) for seed in range(SEEDS)]
    faults = sum(sum(account.done.values()) for account in accounts)
    lost = sum(len(account.lost) for account in accounts)
    said = sum(len(account.expected) for account in accounts)
    yield Figure("sentences lost under faults", lost, "", f"{faults} faults in {said} sentences", lost / said)


def _line(minute: Minute, count: int) -> str:
    offsets = minute.offsets_ms
    behind = f"{statistics.median(offsets):.0f} ms behind in {len(offsets)} beeps" if offsets else "no beep judged"
    return f"minute {minute.number} of {count}: {minute.own_mb:.1f} MB, {behind}"


def recorded(record: Path) -> list[Minute]:
    """The minutes of a run, whole or cut off."""
    return [Minute(**json.loads(line)) for line in record.read_text().splitlines()]


if __name__ == "__main__":
    from benchmarks.__main__ import show

    show(figures(recorded(Path(sys.argv[1]) if len(sys.argv) > 1 else RECORD)))
