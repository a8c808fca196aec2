"""A stretch of the narration's time line in, the lids' closing out: blinks that never hide a closure.

Each blink has its moment on the time line, whoever asks. While something is said it may move a little: into a pause,
and away from P B M F V, so that nobody looks for the lips while the lids are down.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion.timeline import Floats, chance

CELL_S = 4.0
"""One blink in each: 15 a minute, within the 10 to 20 of lipreading.md 3.5."""
EARLIEST_S, LATEST_S = 0.6, 3.4
"""Where in its cell a blink may fall: intervals of 1.2 to 6.8 s."""
CLOSE_S, SHUT_S, OPEN_S = 0.100, 0.035, 0.150
BLINK_S = CLOSE_S + SHUT_S + OPEN_S
SHIFT_S = 0.6
"""How far a blink may move to find a better moment."""
STEP_S = 0.02
STREAM = 1


def nominal(begin_s: float, end_s: float, seed: int) -> list[float]:
    """Clock times at which lids begin to close, for every blink that is seen in the stretch."""
    first = int(np.floor((begin_s - BLINK_S) / CELL_S)) - 1
    last = int(np.floor(end_s / CELL_S)) + 1
    moments = [
        cell * CELL_S + EARLIEST_S + (LATEST_S - EARLIEST_S) * float(chance(seed, STREAM, cell)[0])
        for cell in range(first, last + 1)
    ]
    return [moment for moment in moments if begin_s - BLINK_S < moment < end_s]


def placed(
    moments: Sequence[float],
    stretch: tuple[float, float],
    apexes: Sequence[float],
    pauses: Sequence[tuple[float, float]],
) -> list[float]:
    """The same blinks, moved within the stretch away from apexes and into pauses; those across its ends stay.

    The stretch ends where the next one begins: that one sees the same blinks across its beginning, and leaves them too.
    """
    begin, end = stretch
    found: list[float] = []
    for moment in moments:
        low, high = max(begin, moment - SHIFT_S), min(end - BLINK_S, moment + SHIFT_S)
        if moment < begin or moment > end - BLINK_S or high < low:
            found.append(moment)
            continue
        options = np.unique(np.append(np.arange(low, high + 1e-9, STEP_S), moment))
        cost = np.abs(options - moment) / SHIFT_S
        cost += sum((_hides(options, apex) for apex in apexes), np.zeros(len(options))) * 10.0
        in_pause = sum(((options >= a) & (options + CLOSE_S <= b) for a, b in pauses), np.zeros(len(options)))
        found.append(float(options[np.argmin(cost - 1.5 * (in_pause > 0))]))
    return found


def _hides(options: Floats, apex: float) -> Floats:
    """1 where a blink that begins there has its lids more than half down at the apex, or 40 ms beside it."""
    margin = 0.040
    return ((options + CLOSE_S / 2 - margin < apex) & (apex < options + CLOSE_S + SHUT_S + OPEN_S / 2 + margin)) * 1.0


def lids(clock: Floats, moments: Sequence[float]) -> Floats:
    """(len(clock),) 0 open .. 1 shut."""
    shut = np.zeros(len(clock))
    for moment in moments:
        since = clock - moment
        closing = minimum_jerk(since / CLOSE_S)
        opening = minimum_jerk((BLINK_S - since) / OPEN_S)
        shut = np.maximum(shut, np.minimum(closing, opening))
    return shut
