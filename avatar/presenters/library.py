"""A presenter's name in, the presenter out; also which names there are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from avatar.presenters.shelf import own_names, own_presenter
from avatar.render.presenter import Presenter
from avatar.render.presenter_folder import load_presenter
from narrator.errors import FaceError

FOLDER = Path(__file__).parent
DEFAULT = "ada"


def presenter_names() -> tuple[str, ...]:
    """The built-in presenters, in the order of the alphabet."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/presenter.json")))


@lru_cache(maxsize=4)
def presenter(name: str) -> Presenter:
    """A built-in one or the user's own. Raises FaceError for an unknown name, damaged data, or no consent.

    Textures are shared: do not write into them.
    """
    if name in own_names():
        return own_presenter(name)
    names = presenter_names()
    if name not in names:
        raise FaceError(
            f"a presenter out of {', '.join([*names, *own_names()]) or 'none at all'}",
            f"{name!r} came",
            "Run: narrator presenter list, and choose one.",
        )
    return load_presenter(FOLDER / name)
