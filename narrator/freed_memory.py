"""Nothing in, a process whose large arrays go back to the system as soon as they are free out.

glibc keeps them in the heap of whichever thread made them once a few were freed (mallopt(3), "dynamic mmap threshold"):
pictures made by one thread and freed by another leave holes there, and a narration of an hour grew by 70 MB that nobody
used. Drawing costs the same either way.
"""

from __future__ import annotations

import ctypes
import sys

M_MMAP_THRESHOLD = -3
"""Of malloc.h."""
LARGE_BYTES = 1 << 18
"""From which on memory is asked of the system by itself; no picture is smaller."""


def give_back_at_once() -> bool:
    """From now on, in this process; False where the C library is another one, which has ways of its own."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(M_MMAP_THRESHOLD, LARGE_BYTES) == 1
