"""Nothing in, whether this machine has a graphics card that torch can draw on out."""

from __future__ import annotations

import ctypes
import importlib.util
import logging
import sys

_log = logging.getLogger(__name__)
DRIVERS = {"linux": "libcuda.so.1", "win32": "nvcuda.dll"}


def graphics_card() -> str | None:
    """torch's name of the device, or None. Asks the driver first, since importing torch takes seconds."""
    if importlib.util.find_spec("torch") is None or not _driver_counts_cards():
        return None
    import torch

    if torch.cuda.is_available():
        return "cuda"
    _log.warning(
        "there is a graphics card, but this torch cannot use it (%s): drawing on the processor", torch.__version__
    )
    return None


def _driver_counts_cards() -> bool:
    try:
        driver = ctypes.CDLL(DRIVERS.get(sys.platform, ""))
        count = ctypes.c_int(0)
        return driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0 and count.value > 0
    except (OSError, AttributeError):
        return False
