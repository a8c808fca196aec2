"""A statement of whose picture it is in, the record that lies beside its presenter out.

Without the record a presenter made from a picture does not load.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from avatar.render.stored import read_json
from narrator.errors import FaceError

FILE = "consent.json"
SHORTEST, LONGEST = 10, 2000
"""Characters of a statement; "yes" states nothing."""
FEWEST_WORDS = 3
EXAMPLES = (
    'as --consent "It is a picture of me." or --consent "Ann Lee, my aunt, agreed by e-mail on 3 May." '
    'or --consent "A painting of 1665; nobody in it is alive."'
)


@dataclass(frozen=True, slots=True)
class Consent:
    """What was stated when the picture was added."""

    statement: str
    """Whose picture it is and how they agreed; of somebody no longer living, or of nobody, that."""
    date: str
    """When it was stated, ISO 8601, UTC."""
    picture: str
    """The picture file's name."""


def consent(statement: str, picture: str) -> Consent:
    """Stated now. Raises FaceError for a statement that says nothing."""
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in statement).split())
    if not SHORTEST <= len(said) <= LONGEST or len(said.split()) < FEWEST_WORDS:
        raise FaceError(
            "a statement of whose picture it is and how they agreed", f'"{said[:40]}" came', f"Say it {EXAMPLES}"
        )
    return Consent(said, datetime.now(UTC).isoformat(timespec="seconds"), picture)


def save_consent(stated: Consent, folder: Path) -> None:
    """Beside the presenter's own files."""
    (folder / FILE).write_text(json.dumps(asdict(stated), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_consent(folder: Path) -> Consent:
    """Raises FaceError where there is none, or it says nothing."""
    try:
        stored = read_json(folder / FILE)
        stated = Consent(*(_line(stored[name]) for name in ("statement", "date", "picture")))
        datetime.fromisoformat(stated.date)
        if len(stated.statement.split()) < FEWEST_WORDS:
            raise ValueError("it states nothing")
    except (OSError, ValueError, KeyError) as fault:
        raise FaceError(
            f"a statement of consent in {folder / FILE}",
            f"there is none that can be read ({fault})",
            f"Add the picture again: narrator presenter add PICTURE --name {folder.name} --replace",
        ) from fault
    return stated


def _line(stored: object) -> str:
    """A record may come from anybody, and is shown: one line of letters, of a usual length."""
    if not isinstance(stored, str) or not stored.isprintable() or len(stored) > LONGEST:
        raise ValueError(f"expected: a line of at most {LONGEST} letters")
    return stored
