"""A document's identity in, the place where its reading was left out; kept across runs.

One small file for each document, written to disk whole before it takes its name, so that neither a crash nor a power
cut can leave half a place behind. It holds one sentence of the document, readable by its owner only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = "positions"
FILE_MODE, FOLDER_MODE = 0o600, 0o700
SAMPLE_BYTES = 1 << 18
"""Of a file's beginning and end; with its length they tell documents apart without reading gigabytes."""
LARGEST_BYTES = 1 << 16
"""No place we wrote is larger; anything larger is not ours."""
SEARCHED = 200
"""Sentences before and after the place in which its sentence is looked for, where the document has changed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a document."""

    sentence: int
    """0-based."""
    text: str
    """What that sentence says, by which it is found again in a document that has changed."""
    source: str = ""
    """As the person named it."""
    left_at: str = ""
    """Date and time, as ISO 8601 in UTC."""


class Positions:
    """The places kept in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def load(self, identities: Iterable[str]) -> Mark | None:
        """Where that document was left; None where it never was, or where what is kept cannot be read."""
        return next((mark for one in identities if (mark := self._read(self._file(one))) is not None), None)

    def save(self, identities: Iterable[str], sentence: int, text: str, source: str) -> None:
        """Keeps the place; once this returns, a power cut does not lose it. Raises OSError."""
        left_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        mark = Mark(sentence, text, source, left_at)
        self.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        for identity in identities:
            self._write(self._file(identity), mark)
        _sync_folder(self.folder)

    def forget(self, identities: Iterable[str]) -> None:
        """The document was read to its end."""
        for identity in identities:
            with contextlib.suppress(OSError):
                self._file(identity).unlink()

    def _read(self, file: Path) -> Mark | None:
        try:
            with file.open("rb") as kept:
                mark = Mark(**json.loads(kept.read(LARGEST_BYTES)))
        except (OSError, ValueError, TypeError):
            return None
        is_sound = type(mark.sentence) is int and mark.sentence >= 0 and isinstance(mark.text, str)
        return mark if is_sound else None

    def _write(self, file: Path, mark: Mark) -> None:
        unfinished = file.with_suffix(f".{os.getpid()}.part")
        try:
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE), "w") as written:
                json.dump(asdict(mark), written)
                written.flush()
                os.fsync(written.fileno())
            unfinished.replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise

    def _file(self, identity: str) -> Path:
        return self.folder / f"{hashlib.sha256(identity.encode()).hexdigest()[:40]}.json"


def identities_of(source: str, text: str | None = None) -> tuple[str, ...]:
    """What makes a source the same document tomorrow: its words, its address, or a file's bytes, else its path.

    None of them for what has no identity beyond the moment: standard input, the clipboard, a selection.
    """
    if text is not None:
        return (f"text:{hashlib.sha256(text.encode()).hexdigest()}",)
    if source.lower().startswith(("http://", "https://")):
        return (f"page:{source.partition('#')[0]}",)
    try:
        path = Path(source).expanduser()
        if not path.is_file():
            return ()
        with path.open("rb") as file:
            digest = hashlib.sha256(file.read(SAMPLE_BYTES))
            size = os.fstat(file.fileno()).st_size
            file.seek(max(SAMPLE_BYTES, size - SAMPLE_BYTES))
            digest.update(file.read(SAMPLE_BYTES))
        return (f"file:{size}:{digest.hexdigest()}", f"path:{path.resolve()}")
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a home that nobody has, links in a ring
        return ()


def places_to_look(sentence: int) -> Iterable[int]:
    """The place itself, then those around it, nearest first."""
    yield sentence
    for distance in range(1, SEARCHED + 1):
        if sentence - distance >= 0:
            yield sentence - distance
        yield sentence + distance


def _sync_folder(folder: Path) -> None:
    """The new name on the disk too; where folders cannot be opened (Windows), the system sees to it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
