"""A presenter's name in, what is known of it out without loading it: title, origin, consent, size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from avatar.presenters.consent import Consent, load_consent
from avatar.presenters.library import DEFAULT, FOLDER, presenter_names
from avatar.presenters.shelf import LIST, own_folder, own_names
from avatar.render.presenter_folder import ABOUT
from avatar.render.stored import read_json
from narrator.errors import FaceError

DRAWN, PICTURE = "drawn", "picture"
OF_NARRATOR = "GPL-3.0-or-later, like narrator"
OF_PICTURE = "that of the picture; narrator claims nothing"


@dataclass(frozen=True, slots=True)
class About:
    """What people may ask about a presenter."""

    name: str
    title: str
    origin: str
    """DRAWN by code, or made from a PICTURE."""
    made_from: str
    licence: str
    size_bytes: int
    folder: str
    consent: Consent | None = None
    """None for a drawn one: nobody had to agree."""
    fault: str = ""
    """Why it cannot be used, in one line."""


def all_names() -> tuple[str, ...]:
    """The built-in presenters, the default first, then the user's."""
    return (*sorted(presenter_names(), key=lambda name: name != DEFAULT), *own_names())


def origin(name: str) -> str:
    """DRAWN or PICTURE. Whatever lies on the user's shelf is taken to come from a picture, whatever it says."""
    return PICTURE if name in own_names() else DRAWN


def about(name: str) -> About:
    """Raises FaceError for an unknown name; what else is wrong stands in fault."""
    if name in presenter_names():
        folder = FOLDER / name
        return About(name, _title(folder), DRAWN, "code (avatar/studio)", OF_NARRATOR, _size(folder), str(folder))
    if name not in own_names():
        raise FaceError("the name of a presenter", f'"{name}" came', LIST)
    folder = own_folder(name)
    try:
        stated, title, fault = load_consent(folder), _title(folder), ""
    except (FaceError, OSError, ValueError) as why:
        stated, title, fault = None, "cannot be used", " ".join(str(why).split())
    made_from = f"the picture {stated.picture}" if stated else "a picture"
    return About(name, title, PICTURE, made_from, OF_PICTURE, _size(folder), str(folder), stated, fault)


def _title(folder: Path) -> str:
    title = str(read_json(folder / ABOUT).get("title", ""))
    return "".join(letter if letter.isprintable() else " " for letter in title)[:300]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
