"""The program multiplies matrices in one thread, unless whoever starts it wants more."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from narrator.matrix_threads import NAME

THREADS_OF_A_PRODUCT = """
import os
from narrator.matrix_threads import multiply_in_one_thread
multiply_in_one_thread()
import numpy as np
np.ones((600, 600)) @ np.ones((600, 600))
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="counts threads in /proc")
@pytest.mark.parametrize(("wanted", "threads"), [("", "1"), ("2", "2")])
def test_a_product_takes_as_many_threads_as_are_wanted_and_else_one(wanted: str, threads: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key != NAME} | ({NAME: wanted} if wanted else {})
    done = subprocess.run(
        [sys.executable, "-c", THREADS_OF_A_PRODUCT], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == threads
