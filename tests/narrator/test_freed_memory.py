"""Pictures that are made by one thread and freed by another leave no holes in the memory of a long narration."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHURN = """
import ctypes, threading
import numpy as np
from narrator.freed_memory import give_back_at_once

class Told(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
                "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Told
if {calls}:
    assert give_back_at_once()
for _ in range(4):
    np.ones(4_000_000, np.uint8)  # freed at once: from here on glibc would keep such sizes
kept, pictures = [], []

def draw():
    for _ in range(40):
        pictures.append(np.ones(1_500_000, np.uint8))
        kept.append(np.ones(2_000, np.uint8))

for _ in range(3):
    thread = threading.Thread(target=draw)
    thread.start()
    thread.join()
pictures.clear()
print(libc.mallinfo2().fordblks)
"""


def free_bytes(*, calls: bool) -> int:
    """What malloc holds though nobody uses it."""
    done = subprocess.run([sys.executable, "-c", CHURN.format(calls=calls)], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux")
def test_what_is_free_is_not_kept() -> None:
    assert free_bytes(calls=True) < 20_000_000 < free_bytes(calls=False)
