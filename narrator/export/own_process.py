"""Functions with their arguments in through a pipe, their results out: one process of this machine, one thread.

It imports nothing that computes: libraries ask for their number of threads when they are loaded, and matrices that
several threads multiplied differ in their last bits from those of one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection, wait

from narrator.export.outcome import outcome

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def serve(pipe: Connection) -> None:
    """Until nobody asks any more, or the process that started this one has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal; the first process decides
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), name="narrator-parent", daemon=True).start()
    import cv2

    cv2.setNumThreads(1)
    while True:
        try:
            function, arguments = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        pipe.send(outcome(function, *arguments))


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
