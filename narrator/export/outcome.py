"""A function and its arguments in, its result or its fault out, in a form that can always be handed on.

A fault's own traceback may be too deep to travel, or its kind unknown where it arrives; who waits would wait for ever.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable


def outcome(function: Callable[..., object], *arguments: object) -> tuple[bool, object]:
    """(True, result) or (False, what was raised)."""
    try:
        return True, function(*arguments)
    except Exception as fault:  # noqa: BLE001 - handed over whole to whoever asked
        return False, _that_travels(fault)


def _that_travels(fault: Exception) -> Exception:
    """The fault itself where it can be made again from what it keeps, else what it says."""
    fault.__traceback__ = fault.__cause__ = fault.__context__ = None
    kind = type(fault)
    try:
        copy.deepcopy(fault)
        is_known = getattr(sys.modules[kind.__module__], kind.__qualname__) is kind
    except Exception:  # noqa: BLE001 - there is no end of ways in which that may fail
        is_known = False
    return fault if is_known else RuntimeError(f"{kind.__name__}: {fault}")
