"""What a person named in (files, folders, patterns, lists of addresses), one source for each document out."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from narrator import assemble
from narrator.errors import SourceMissing, SourceRefused
from narrator.export.folder import is_page
from narrator.places import from_anywhere, named_path

LIST_MARK = "@"
"""Before the name of a file that lists sources, a line each."""
COMMENT = "#"
ADDRESS = re.compile(r"(https?://|www\.)\S+\Z", re.IGNORECASE)
LONGEST_LIST_BYTES = 16 << 20
PATTERN = re.compile(r"[*?\[]")
NOT_HERE = ("-", *assemble.CLIPBOARDS)


def documents(named: Sequence[str]) -> list[str]:
    """Each document once, in the order it was named; files by their whole paths.

    Raises SourceMissing for a folder, a pattern or a list with nothing in it. A single name that leads nowhere is
    handed on: one bad name among a thousand is for the report.
    """
    found = [from_anywhere(source) for name in named for source in _of(name)]
    return list(dict.fromkeys(found))


def _of(name: str) -> Iterator[str]:
    if name in NOT_HERE:
        raise SourceRefused("files, folders, patterns or addresses", f'"{name}" came', "Save it to a file first.")
    if name.startswith(LIST_MARK):
        yield from _listed(named_path(name.removeprefix(LIST_MARK)))
        return
    path = named_path(name)
    if path.is_dir():
        yield from _in_folder(path)
    elif path.is_file():
        yield from _of_file(path)
    elif PATTERN.search(name) and not ADDRESS.match(name):
        yield from _matching(str(path))
    else:
        yield name


def _in_folder(folder: Path) -> Iterator[str]:
    """Every file in it, however deep, whose ending we read; hidden ones and pages of our own films left out."""
    found = False
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        spoken = {Path(file).stem for file in files if _is_recording(file)}
        for file in sorted(files):
            path = Path(place, file)
            is_words_of_sound = path.suffix.lower() == ".txt" and path.stem in spoken
            is_left_out = is_words_of_sound or file.startswith(".")
            if path.suffix.lower() in assemble.suffixes() and not is_left_out and not is_page(path):
                found = True
                yield from _of_file(path)
    if not found:
        raise SourceMissing(
            f"documents in {folder}",
            "there is none whose ending is known",
            f"Name a folder with {', '.join(assemble.suffixes()[:4])} files.",
        )


def _is_recording(file: str) -> bool:
    return Path(file).suffix.lower() in assemble.recording_suffixes()


def _matching(pattern: str) -> Iterator[str]:
    found = sorted(map(Path, glob.glob(pattern, recursive=True)))
    files = [path for path in found if path.is_file() and not is_page(path)]
    if not files:
        raise SourceMissing("files that match a pattern", f"{pattern} matches none", "Check it with: ls")
    for path in files:
        yield from _of_file(path)


def _of_file(path: Path) -> list[str]:
    """The addresses in it where it holds nothing else, or itself."""
    return _addresses(path) or [str(path)]


def _listed(file: Path) -> Iterator[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise SourceMissing(f"a list of sources in {file}", f"it cannot be read ({fault})", "Check its name.") from None
    sources = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(COMMENT)]
    if not sources:
        raise SourceMissing(f"a source on each line of {file}", "it is empty", "Write them into it.")
    for source in sources:
        yield source if ADDRESS.match(source) else str(file.parent / named_path(source))


def _addresses(file: Path) -> list[str]:
    """The lines of a file that holds nothing but addresses; none where it is a document."""
    is_list = file.suffix.lower() == ".txt" and file.is_file()  # no pipe, which may never end, and no broken link
    if not is_list or file.stat().st_size > LONGEST_LIST_BYTES:
        return []
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError):
        return []
    lines = [line for line in lines if line and not line.startswith(COMMENT)]
    return lines if all(ADDRESS.match(line) for line in lines) else []
