"""The user's own presenters: a picture in, a folder of their data out, and away again.

A presenter is made in a hidden folder beside its place and moved there when it is whole, so that Ctrl-C, a full disk or
a crash leave nothing behind that could be taken for one.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from avatar.presenters.consent import EXAMPLES, Consent, load_consent, save_consent
from avatar.render.presenter import Presenter
from avatar.render.presenter_folder import ABOUT, load_presenter
from narrator.errors import FaceError
from narrator.places import user_data_folder

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z")
NOT_NAMES = {"still", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""A face of another kind, and what Windows takes for devices."""
BUILT_IN = Path(__file__).parent
UNFINISHED = ".making-"
FORGOTTEN_S = 24 * 3600.0
"""What a power cut left half made is removed after this long."""
SLOWEST_DRAWING_S = 0.25
"""Usual is a hundredth of it in the small picture, a twentieth in the large one."""
TRIED_SIZES = ((160, 160), (1280, 720))
"""The small one first: what takes long there takes for ever in the large one."""
TRIED = {"lip_height_mm": 10.0, "inner_width": 0.7, "jaw_drop_mm": 10.0, "eyelid_left": 1.0, "eyelid_right": 1.0}
LIST = "Run: narrator presenter list"


def shelf() -> Path:
    """The folder of the user's presenters; it need not exist."""
    return user_data_folder() / "presenters"


def own_names() -> tuple[str, ...]:
    """The user's presenters, in the order of the alphabet."""
    found = (path.parent.name for path in shelf().glob(f"*/{ABOUT}"))
    return tuple(sorted(name for name in found if NAME.match(name) and not _is_built_in(name)))


def own_presenter(name: str) -> Presenter:
    """Raises FaceError where there is none, its data are damaged, or no consent lies beside it."""
    folder = own_folder(name)
    load_consent(folder)
    return load_presenter(folder)


def own_folder(name: str) -> Path:
    """Where it lies. Raises FaceError for a name that is none of the user's."""
    if name not in own_names():
        raise FaceError("the name of a presenter of your own", f'"{name}" came', LIST)
    return shelf() / name


def name_from(picture: Path) -> str:
    """A name made of a file's name."""
    plain = re.sub(r"[^a-z0-9]+", "_", picture.stem.lower()).strip("_")[:40].rstrip("_")
    return plain if plain and plain not in NOT_NAMES and not _is_built_in(plain) else f"my_{plain}".rstrip("_")


def check_name(name: str, *, replace: bool) -> None:
    """Raises FaceError where a presenter cannot be called that, or another one is."""
    if not NAME.match(name) or name in NOT_NAMES:
        raise FaceError(
            "a name of small letters, digits, - and _, at most 40", f'"{name[:60]}" came', "Choose one with --name."
        )
    if _is_built_in(name):
        raise FaceError("a name of its own", f'"{name}" is a built-in presenter', "Choose another with --name.")
    if not replace and (shelf() / name).exists():
        raise FaceError(
            "a name of its own", f'"{name}" is there already', "Choose another with --name, or add --replace."
        )


def add_picture(
    picture: Path,
    name: str,
    stated: Consent,
    *,
    face: int | None = None,
    replace: bool = False,
    tell: Callable[[str, str], None] = lambda _kind, _words: None,
) -> Path:
    """Makes a presenter of the picture; its folder. Raises PictureError or FaceError. tell: as in intake/process."""
    from avatar.presenters.intake.process import make_from_picture

    check_name(name, replace=replace)
    title = f"{name.replace('_', ' ').capitalize()}, made from the picture {stated.picture[:120]}"
    with unfinished() as folder:
        make_from_picture(picture, folder, name=name, title=title, face=face, tell=tell)
        save_consent(stated, folder)
        return put_up(folder, name, replace=replace)


@contextlib.contextmanager
def unfinished() -> Iterator[Path]:
    """A hidden folder on the shelf, gone at the end unless it was put up. Raises FaceError where none can be made."""
    try:
        shelf().mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=shelf()))
    except OSError as fault:
        raise _unwritable(fault) from fault
    try:
        yield folder
    except OSError as fault:
        raise _unwritable(fault) from fault
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_up(folder: Path, name: str, *, replace: bool) -> Path:
    """Moves a whole presenter to its place, once it has been loaded and drawn; the one before it stays until then."""
    try:
        presenter = load_presenter(folder)
    except FaceError as fault:
        raise FaceError("a presenter that is sound", fault.came, "Choose another.") from fault
    _try_out(presenter)
    try:
        load_consent(folder)
    except FaceError as fault:
        raise FaceError("a statement of whose picture it is", fault.came, f"Say it {EXAMPLES}") from fault
    place = shelf() / name
    if not (replace and place.exists()):
        check_name(name, replace=False)
        folder.rename(place)
        return place
    before = folder.with_name(f"{folder.name}-before")
    place.rename(before)
    try:
        folder.rename(place)
    except BaseException:
        before.rename(place)
        raise
    shutil.rmtree(before, ignore_errors=True)
    return place


def remove(name: str) -> None:
    """Takes it off the shelf for good. Raises FaceError."""
    if _is_built_in(name):
        raise FaceError("a presenter of your own", f'"{name}" is built in and stays', LIST)
    folder = own_folder(name)
    try:
        gone = folder.with_name(f"{UNFINISHED}{name}-gone")
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as fault:
        raise _unwritable(fault) from fault


def _try_out(presenter: Presenter) -> None:
    """Sound numbers may still make no face, or one that takes for ever to draw: at rest, and with all open or shut."""
    import cv2

    from avatar.motion_frame import INDEX, REST, MotionFrame
    from avatar.render.renderer import Renderer
    from narrator.flow import Viewport

    try:
        moved = REST.copy()
        for name, value in TRIED.items():
            moved[INDEX[name]] = value
        for width, height in TRIED_SIZES:
            renderer = Renderer(presenter, Viewport(width, height))
            renderer.draw(MotionFrame(0.0, "", REST))  # the first one compiles
            start_s = time.thread_time()
            renderer.draw(MotionFrame(0.0, "", moved))
            if time.thread_time() - start_s > SLOWEST_DRAWING_S:
                raise FaceError("a presenter that is quick to draw", "this one is not", "Choose another.")
    except (ValueError, LookupError, TypeError, ArithmeticError, StopIteration, MemoryError, cv2.error) as fault:
        raise FaceError("a presenter that can be drawn", f"this one cannot ({fault!r})", "Choose another.") from fault


def _is_built_in(name: Any) -> bool:
    return bool(NAME.match(name)) and (BUILT_IN / name / ABOUT).is_file()


def _sweep() -> None:
    """What a crash left half made, long ago."""
    for path in shelf().glob(f"{UNFINISHED}*"):
        with contextlib.suppress(OSError):
            if path.lstat().st_mtime < time.time() - FORGOTTEN_S:
                shutil.rmtree(path, ignore_errors=True)


def _unwritable(fault: OSError) -> FaceError:
    return FaceError(
        f"a folder for presenters that can be written at {shelf()}",
        fault.strerror or str(fault),
        "Check the disk and the folder's permissions.",
    )
