"""Functions that make hostile PDFs in; a register of them by name out."""

from __future__ import annotations

from collections.abc import Callable

HOSTILE: dict[str, Callable[[], bytes]] = {}
READABLE: set[str] = set()
"""Those of which the text can still be read."""


def hostile(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Registers a file that ends in an error or in text."""
    HOSTILE[make.__name__] = make
    return make


def readable(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Registers a file whose text must be read all the same."""
    READABLE.add(make.__name__)
    return hostile(make)
