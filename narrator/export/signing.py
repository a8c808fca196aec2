"""A film that is whole in, the same film with its Content Credentials in its place out."""

from __future__ import annotations

import shutil
from pathlib import Path

from narrator import assemble
from narrator.export.notes import noted
from narrator.export.section_file import whole_or_not_at_all
from narrator.made_from import MadeFrom


def sign(film: str, made_from: MadeFrom) -> tuple[str, ...]:
    """Where it cannot be signed it stays as it is, and what comes back says why. Raises OutputError."""
    path = Path(film)
    with noted() as notes:
        signer = assemble.film_signer(made_from)
        with whole_or_not_at_all(path) as part:
            if not signer(path, part):
                shutil.copyfile(path, part)  # fails on a disk that is full, where the next run has to sign it
    return tuple(notes)
