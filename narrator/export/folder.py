"""A folder in, the places of films, sections and records in it out; nothing there is ever half written.

INTO/NAME.mp4 .vtt .jpg       one document each, with captions and poster
INTO/index.html               the page that plays them, and player/NAME.js, what it knows of each
INTO/report.json              what the last run made and what failed, and why
INTO/.sections/HASH.mov       sections, kept so that the next run does only what changed
INTO/.sections/NAME.json      what the film NAME was made from
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from narrator.errors import OutputError
from narrator.export.drawing import TOKEN_FILE
from narrator.export.section_file import PART, SUFFIX, whole_or_not_at_all
from narrator.outputs.file_claim import FileClaim
from narrator.outputs.mp4_writer import output_error

FILM, SECTIONS = ".mp4", ".sections"
REPORT, PAGE, PLAYER = "report.json", "index.html", "player"
LONGEST_NAME = 80
TAKEN = {"index", "report", PLAYER}


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


class ExportFolder:
    """One run's folder, held from opening to close(): two runs never write one folder. Raises OutputError."""

    def __init__(self, into: Path) -> None:
        self.into = into
        self.sections = into / SECTIONS
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
        """Lets others have it."""
        with contextlib.suppress(OSError):
            (self.sections / TOKEN_FILE).unlink()
        self._claim.release()

    def names(self, sources: Iterable[str]) -> dict[str, str]:
        """Each source's own name: the one it had, or a free one that tells what it is."""
        given = {source: record.name for source, record in self.records.items()}
        taken = TAKEN | {name.casefold() for name in given.values()}
        for source in sources:
            if source not in given:
                given[source] = _free(_plain(source), taken)
                taken.add(given[source].casefold())
        return given

    def film(self, name: str) -> Path:
        """Where the film goes."""
        return self.into / f"{name}{FILM}"

    def section(self, name: str) -> Path:
        """Where a section's file goes."""
        return self.sections / f"{name}{SUFFIX}"

    def current(self, source: str) -> Record | None:
        """What is known of the source's film, if that is there as it was made."""
        record = self.records.get(source)
        try:
            is_there = record is not None and self.film(record.name).stat().st_size == record.size_bytes
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
            part.write_text(text, encoding="utf-8")

    def _read_records(self) -> Iterator[Record]:
        for path in sorted(self.sections.glob("*.json")):
            with contextlib.suppress(OSError, ValueError, TypeError):  # of another version: made again
                yield Record(**json.loads(path.read_text(encoding="utf-8")))

    def _remove_unfinished(self) -> None:
        """What a run that was killed left behind; no other run is in this folder."""
        for folder in (self.into, self.sections):
            for path in folder.glob(f"*{PART}.*"):
                with contextlib.suppress(OSError):
                    path.unlink()


def _plain(source: str) -> str:
    """A file's name without its ending, or the last words of an address; no letter that a web address escapes."""
    last = urlsplit(source).path if "://" in source else source
    stem = Path(unquote(last).rstrip("/") or urlsplit(source).netloc).stem
    letters = unicodedata.normalize("NFC", stem)
    plain = re.sub(r"[^\w.-]+", "-", letters).strip("-._")
    return plain[:LONGEST_NAME].rstrip("-._") or "document"


def _free(name: str, taken: set[str]) -> str:
    number, wanted = 2, name
    while wanted.casefold() in taken:
        wanted, number = f"{name}-{number}", number + 1
    return wanted


def check_target(into: Path) -> None:
    """Raises OutputError where the folder cannot be one."""
    if into.exists() and not into.is_dir():
        raise OutputError("a folder for the films", f"{into} is a file", "Name another one with --into.")
