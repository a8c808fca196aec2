"""Nothing in, numpy told to multiply in one thread out, if it is not loaded yet."""

from __future__ import annotations

import os

NAME = "OPENBLAS_NUM_THREADS"
"""Of the library that numpy's wheels bring; whoever sets it has the last word."""


def multiply_in_one_thread() -> None:
    """OpenBLAS's other threads wait by asking for their turn over and over, and our matrices are too small for them.

    A film took a sixth longer with them on two cores, the network's motion a tenth (`python -m benchmarks export`).
    """
    os.environ.setdefault(NAME, "1")
