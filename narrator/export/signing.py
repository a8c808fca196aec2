"""A film that is whole but has no name yet in, the same film with its Content Credentials under its name out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from narrator import assemble
from narrator.export.notes import noted
from narrator.export.section_file import whole_or_not_at_all
from narrator.made_from import MadeFrom

if TYPE_CHECKING:
    from narrator.export.sections import Section
    from narrator.settings import Settings


def made_from(sections: Iterable[Section], settings: Settings) -> MadeFrom:
    """What a film of these says of itself."""
    made = MadeFrom()
    for sentence in chain.from_iterable(section.sentences for section in sections):
        made.note(sentence, settings.presenter, settings.voice, settings.motion)
    return made


def sign(unsigned: str, film: str, made: MadeFrom) -> tuple[str, ...]:
    """Where it cannot be signed it stays as it is, and what comes back says why. Raises OutputError."""
    waiting = Path(unsigned)
    with noted() as notes:
        signer = assemble.film_signer(made)
        with whole_or_not_at_all(Path(film)) as part:
            if not signer(waiting, part):
                shutil.copyfile(waiting, part)  # fails on a disk that is full, where the next run has to sign it
    waiting.unlink(missing_ok=True)
    return tuple(notes)
