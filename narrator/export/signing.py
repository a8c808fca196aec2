"""A film that is whole in, the same film with its Content Credentials in its place out."""

from __future__ import annotations

from pathlib import Path

from narrator import assemble
from narrator.export.section_file import whole_or_not_at_all
from narrator.settings import Settings


def sign(film: str, settings: Settings) -> None:
    """Where it cannot be signed it stays as it is, and a line says why."""
    path = Path(film)
    signer = assemble.film_signer(settings)
    with whole_or_not_at_all(path) as part:
        if not signer(path, part):
            part.write_bytes(path.read_bytes())
