"""How lips move between two shapes, and what counts as open: shared by silences and contacts."""

from __future__ import annotations

import numpy as np

from avatar.articulation.target import Floats

OPEN_MM = 2.4
"""Floor outside P B M and silence: T8 (lipreading.md 7) asks for 1.2 mm, and on pixels a narrower slit looks shut."""
EXEMPT_S = 0.060
"""T8 looks away this long before and after P B M and silences."""
PEAK_OF_MINIMUM_JERK = 1.875
"""Peak over mean speed of a minimum-jerk movement."""


def minimum_jerk(x: Floats) -> Floats:
    """0..1 for x of any shape, 0..1: the smoothest path from rest to rest (Flash and Hogan 1985); held beyond."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * x * (10 - 15 * x + 6 * x * x)


def within(times: Floats, low: float, high: float) -> slice:
    """Where times (frames,), which rise, run from low to high; all in seconds."""
    first, last = np.searchsorted(times, (low, high))
    return slice(int(first), int(last))


def dig(floor: Floats, times: Floats, low: float, high: float, slope: float) -> None:
    """Lowers floor (frames,) mm in place, from low s and from high s towards their middle, by slope mm/s."""
    span = within(times, low, high)
    floor[span] -= slope * np.minimum(times[span] - low, high - times[span])
