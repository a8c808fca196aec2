"""A presenter's name, a picture or a pack in; what is known of presenters, and new ones, out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.errors import FaceError

if TYPE_CHECKING:
    from avatar.presenters.about import About as About
    from narrator.credentials.provenance import Provenance
    from narrator.flow import RgbImage
    from narrator.made_from import MadeFrom

PACK_SUFFIX = ".zip"
PORTRAIT_PX = 384
"""Drawn at this size and made smaller, so that few pixels still look smooth."""


def everyone() -> list[About]:
    """All presenters, the default first."""
    from avatar.presenters.about import about, all_names

    return [about(name) for name in all_names()]


def about(name: str) -> About:
    """Raises FaceError for an unknown name."""
    from avatar.presenters.about import about as known

    return known(name)


def data_files(name: str) -> list[Path]:
    """What the presenter is drawn from, in the order of the alphabet. Raises FaceError."""
    from avatar.presenters.about import about as known
    from avatar.presenters.library import DEFAULT

    return sorted(Path(known(name or DEFAULT).folder).iterdir())


def add(
    source: Path,
    *,
    name: str | None,
    statement: str | None,
    face: int | None = None,
    replace: bool = False,
    tell: Callable[[str, str], None] = lambda _kind, _words: None,
) -> About:
    """Makes a presenter of a picture, or takes one out of a pack. Raises PictureError or FaceError.

    statement: whose picture it is and how they agreed; a pack may bring its own. tell is called with ("step" or
    "warning", one line).
    """
    from avatar.presenters.consent import EXAMPLES, consent
    from avatar.presenters.pack import add_pack
    from avatar.presenters.shelf import add_picture, name_from

    chosen = name_from(source) if name is None else name
    stated = None if statement is None else consent(statement, source.name)
    if source.suffix.lower() == PACK_SUFFIX:
        add_pack(source, chosen, stated, replace=replace)
    elif stated is None:
        raise FaceError("a statement of whose picture it is and how they agreed", "none came", f"Say it {EXAMPLES}")
    else:
        add_picture(source, chosen, stated, face=face, replace=replace, tell=tell)
    return about(chosen)


def needs_statement(source: Path) -> bool:
    """Whether the person has to say whose picture it is: of a pack, its maker has said so."""
    return source.suffix.lower() != PACK_SUFFIX


def check_name(source: Path, name: str | None, *, replace: bool) -> None:
    """The name and that there is a file, before anybody is asked anything. Raises FaceError or PictureError."""
    from avatar.presenters import shelf

    shelf.check_name(shelf.name_from(source) if name is None else name, replace=replace)
    if not os.path.isfile(source):
        from avatar.presenters.intake.process import open_picture

        os.close(open_picture(source))  # which says what it is instead


def remove(name: str) -> None:
    """Takes one of the user's own away for good. Raises FaceError."""
    from avatar.presenters import shelf

    shelf.remove(name)


def export(name: str, target: Path) -> None:
    """Writes one of the user's own as a pack. Raises FaceError."""
    from avatar.presenters import pack

    pack.export(name, target)


def provenance(made_from: MadeFrom) -> Provenance:
    """What a film says of who is seen and heard in it; an empty name is the default presenter's."""
    from avatar.presenters.about import PICTURE, origin
    from avatar.presenters.library import DEFAULT
    from narrator.credentials.provenance import Provenance

    names = [name or DEFAULT for name in made_from.presenters]
    origins = [origin(name) for name in names]
    strongest = PICTURE if PICTURE in origins else origins[0]
    return Provenance(", ".join(names), strongest, tuple(made_from.voices), tuple(made_from.motions))


def portrait(name: str, side_px: int) -> RgbImage:
    """(side_px, side_px, 3): how the presenter looks at rest, marked where a mark can be read.

    An empty name is the default presenter's. Raises FaceError.
    """
    import cv2
    import numpy as np

    from avatar.motion_frame import REST, MotionFrame
    from avatar.presenters.library import DEFAULT, presenter
    from avatar.render.mark import mark
    from avatar.render.renderer import Renderer
    from narrator.flow import Viewport

    drawn = Renderer(presenter(name or DEFAULT), Viewport(PORTRAIT_PX, PORTRAIT_PX)).draw(MotionFrame(0.0, "", REST))
    return mark(np.asarray(cv2.resize(drawn, (side_px, side_px), interpolation=cv2.INTER_AREA), np.uint8))
