"""A presenter of one's own in, a zip file out, and back: data only, and nowhere else."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from avatar.presenters.consent import FILE as CONSENT
from avatar.presenters.consent import Consent, save_consent
from avatar.presenters.shelf import check_name, own_folder, put_up, unfinished
from avatar.render.presenter_folder import ABOUT, MESH
from narrator.errors import FaceError

FILE_NAME = re.compile(rf"(?:{re.escape(ABOUT)}|{re.escape(MESH)}|{re.escape(CONSENT)}|[a-z][a-z0-9_]{{0,31}}\.png)\Z")
MOST_FILES = 64
LARGEST_BYTES = 128 << 20
"""Unpacked, all together."""
ENCRYPTED = 0x1
CHOOSE = "Choose another pack."
FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The same presenter gives the same bytes."""


def export(name: str, target: Path) -> None:
    """Writes the pack. Raises FaceError."""
    folder = own_folder(name)
    part = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in sorted(folder.iterdir()):
                if FILE_NAME.match(path.name):
                    pack.writestr(zipfile.ZipInfo(path.name, FIRST_DAY), path.read_bytes(), zipfile.ZIP_DEFLATED)
        part.replace(target)
    except OSError as fault:
        raise FaceError(
            f"a file that can be written at {target}", fault.strerror or str(fault), "Choose another place."
        ) from fault
    finally:
        part.unlink(missing_ok=True)


def add_pack(pack: Path, name: str, stated: Consent | None, *, replace: bool = False) -> Path:
    """Puts the pack's presenter on the shelf; its folder. Raises FaceError.

    stated: the person's own statement, instead of the pack's; needed where the pack brings none.
    """
    check_name(name, replace=replace)
    with unfinished() as folder:
        _unpack(pack, folder)
        if stated is not None:
            save_consent(stated, folder)
        return put_up(folder, name, replace=replace)


def _unpack(pack: Path, folder: Path) -> None:
    """Only files of known names, straight into the folder; names, kinds and sizes are looked at first."""
    try:
        with zipfile.ZipFile(pack) as opened:
            entries = opened.infolist()
            _check(entries)
            left = LARGEST_BYTES
            for entry in entries:
                with opened.open(entry) as packed:
                    content = packed.read(entry.file_size + 1)
                left -= len(content)
                if len(content) != entry.file_size or left < 0:
                    raise ValueError(f"{entry.filename} is not as large as it says")
                (folder / entry.filename).write_bytes(content)
    except (*FAULTS, ValueError) as fault:
        raise FaceError(f"a presenter's pack at {pack}", f"it cannot be unpacked ({fault})", CHOOSE) from fault
    except OSError as fault:
        raise FaceError(f"a presenter's pack at {pack}", fault.strerror or str(fault), CHOOSE) from fault


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES or len(set(names)) != len(names):
        raise ValueError("it holds too many files, or one twice")
    for entry in entries:
        is_file = not entry.is_dir() and (entry.external_attr >> 16) & 0o170000 in (0, 0o100000)
        if not FILE_NAME.match(entry.filename) or not is_file or entry.flag_bits & ENCRYPTED:
            raise ValueError(f"{entry.filename[:80]!r} is no file of a presenter")
    if sum(entry.file_size for entry in entries) > LARGEST_BYTES:
        raise ValueError(f"unpacked it would be larger than {LARGEST_BYTES >> 20} MiB")
    if missing := {ABOUT, MESH} - set(names):
        raise ValueError(f"it has no {', '.join(sorted(missing))}")
