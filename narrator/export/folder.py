"""A folder in, the places of films, sections and records in it out; nothing there is ever half written.

INTO/NAME.mp4 .vtt .jpg       one document each, with captions and poster
INTO/index.html               the page that plays them, and player/NAME.js, what it knows of each
INTO/report.json              what the last run made and what failed, and why
INTO/.sections/HASH.mov       sections, kept so that the next run does only what changed
INTO/.sections/NAME.json      what the film NAME was made from
INTO/.sections/names          which source has which name, from before anything is written under it
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from narrator.errors import OutputError
from narrator.export.drawing import TOKEN_FILE
from narrator.export.joining import CAPTIONS, POSTER
from narrator.export.names import names
from narrator.export.section_file import PART, SUFFIX, is_unfinished, whole_or_not_at_all
from narrator.outputs.file_claim import FileClaim
from narrator.outputs.mp4_writer import output_error

FILM, SCRIPT, SECTIONS, NAMES = ".mp4", ".js", ".sections", "names"
UNSIGNED = f".unsigned-0{PART}"
REPORT, PAGE, PLAYER = "report.json", "index.html", "player"
OURS = b'<meta name="generator" content="narrator">'
"""What a page of ours says of itself within its first bytes."""
HEAD_BYTES = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a film that is whole."""

    source: str
    name: str
    title: str
    language: str
    seconds: float
    key: str
    """The hash of all its sections and what it says of itself."""
    fingerprint: str
    """Of the source's file and the way it was made; empty for what has to be read again to know."""
    size_bytes: int
    notes: tuple[str, ...] = ()
    """What a person should know of it."""


class ExportFolder:
    """One run's folder, held from opening to close(): two runs never write one folder. Raises OutputError."""

    def __init__(self, into: Path) -> None:
        check_target(into)
        self.into = into
        self.sections, self.page, self.report = into / SECTIONS, into / PAGE, into / REPORT
        try:
            self.sections.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise output_error(into, fault) from fault
        self._claim = FileClaim(self.sections / "claim")
        self.token = secrets.token_hex(16)
        self.write(self.sections / TOKEN_FILE, self.token)
        self._remove_unfinished()
        self.records = {record.source: record for record in self._read_records()}

    def close(self) -> None:
        """Lets others have it; what was broken off before it was signed goes, and is made again."""
        for waiting in self.into.glob(f".*{UNSIGNED}{FILM}"):
            with contextlib.suppress(OSError):
                waiting.unlink()
        with contextlib.suppress(OSError):
            (self.sections / TOKEN_FILE).unlink()
        self._claim.release()

    def names(self, sources: Iterable[str]) -> dict[str, str]:
        """Each source's own name: the one it had, or a free one that tells what it is. Raises OutputError."""
        given = {**self._read_names(), **{source: record.name for source, record in self.records.items()}}
        found = names(sources, given, self._is_free)
        if found != given:
            self.write(self.sections / NAMES, json.dumps(found, indent=1))
        return found

    def film(self, name: str) -> Path:
        """Where the film goes."""
        return self.into / f"{name}{FILM}"

    def unsigned(self, name: str) -> Path:
        """Where the film waits for being signed: hidden, as what is unfinished."""
        return self.into / f".{name}{UNSIGNED}{FILM}"

    def script(self, name: str) -> Path:
        """What the page knows of the film."""
        return self.into / PLAYER / f"{name}{SCRIPT}"

    def section(self, name: str) -> Path:
        """Where a section's file goes."""
        return self.sections / f"{name}{SUFFIX}"

    def current(self, source: str) -> Record | None:
        """What is known of the source's film, if that is there as it was made, and all that belongs to it."""
        if (record := self.records.get(source)) is None:
            return None
        film = self.film(record.name)
        beside = (film.with_suffix(CAPTIONS), film.with_suffix(POSTER), self.script(record.name))
        try:
            is_there = film.stat().st_size == record.size_bytes and all(path.is_file() for path in beside)
        except OSError:
            return None
        return record if is_there else None

    def keep(self, record: Record) -> None:
        """Remembers a film that is whole."""
        self.records[record.source] = record
        self.write(self.sections / f"{record.name}.json", json.dumps(asdict(record), indent=1))

    def write(self, path: Path, text: str) -> None:
        """A small file, whole or not at all. Raises OutputError."""
        with whole_or_not_at_all(path) as part:
            part.write_text(text, encoding="utf-8", errors="backslashreplace")  # a file's name may be no Unicode

    def _is_free(self, name: str) -> bool:
        """Whether nothing of somebody else's would be written over; a film of ours has a script for its page."""
        film = self.film(name)
        taken = (film, film.with_suffix(CAPTIONS), film.with_suffix(POSTER))
        return self.script(name).is_file() or not any(path.exists() or path.is_symlink() for path in taken)

    def _read_names(self) -> dict[str, str]:
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads((self.sections / NAMES).read_text(encoding="utf-8")))
        return {}

    def _read_records(self) -> Iterator[Record]:
        for path in sorted(self.sections.glob("*.json")):
            with contextlib.suppress(OSError, ValueError, TypeError):  # of another version: made again
                yield Record(**json.loads(path.read_text(encoding="utf-8")))

    def _remove_unfinished(self) -> None:
        """What a run that was killed left behind; no other run is in this folder."""
        for folder in (self.into, self.sections, self.into / PLAYER):
            with contextlib.suppress(OSError):
                for path in filter(is_unfinished, list(folder.iterdir())):
                    path.unlink()


def check_target(into: Path) -> None:
    """Raises OutputError where the folder cannot be one, or has a page of somebody else's."""
    if into.exists() and not into.is_dir():
        raise OutputError("a folder for the films", f"{into} is a file", "Name another one with --into.")
    theirs = [name for name in (PAGE, REPORT, PLAYER) if (into / name).exists()]
    if theirs and not (into / SECTIONS).is_dir() and not is_page(into / PAGE):
        came = f"{into} has {' and '.join(theirs)} that narrator did not make"
        raise OutputError("a folder whose page may be written", came, "Name another one with --into.")


def is_page(path: Path) -> bool:
    """Whether it is a page that plays films of ours."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as page:
            return OURS in page.read(HEAD_BYTES)
    except OSError:
        return False
