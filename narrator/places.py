"""A path as a person names it in, the path that is meant out; and the folder of this user's own data."""

from __future__ import annotations

import os
from pathlib import Path

MOTION_SUFFIX = ".jsonl"
"""Of a file with a saved motion, by which it is told from the name of a way to move."""


def named_path(name: str) -> Path:
    """Its ~ opened; where that names nobody's home, as it stands, for whoever opens it to miss."""
    path = Path(name)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def whole_path(name: str) -> Path:
    """The path from the root, its links followed, since whoever hears of it may stand in another folder."""
    path = named_path(name)
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # too long, links in a ring, a NUL
        return path.absolute()


def from_anywhere(source: str) -> str:
    """A file by its whole path; an address, or the name of nothing that is there, as it is."""
    return str(whole_path(source)) if os.path.exists(named_path(source)) else source


def user_data_folder() -> Path:
    """Presenters made from pictures and the key that signs films lie here; it need not exist yet."""
    import platformdirs

    return platformdirs.user_data_path("narrator", appauthor=False)
