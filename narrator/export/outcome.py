"""A function and its arguments in, its result or its fault out, in a form that can always be handed on.

A fault's own traceback may be too deep to travel, or its kind unknown where it arrives; who waits would wait for ever.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable


def outcome(function: Callable[..., object], *arguments: object) -> tuple[bool, object]:
    """(True, result) or (False, what was raised)."""
    try:
        return True, function(*arguments)
    except Exception as fault:  # noqa: BLE001 - handed over whole to whoever asked
        return False, _that_travels(fault)


def _that_travels(fault: Exception) -> Exception:
    """The fault itself where it can be handed on, else what it says."""
    fault.__traceback__ = fault.__cause__ = fault.__context__ = None
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception as obstacle:  # noqa: BLE001 - there is no end of ways in which that may fail
        return RuntimeError(f"{type(fault).__name__}: {fault} ({obstacle})")
    return fault
