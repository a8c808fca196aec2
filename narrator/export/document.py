"""One source and how far it is on its way to a film; and what tells that its file is still the same."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.export.making import Making, digest, parts, seen_settings

if TYPE_CHECKING:
    from narrator.export.folder import Record
    from narrator.export.reading import Script


ENDS = ("made", "kept", "failed")
"""A document's last states; a run that is broken off leaves others, which the next run brings to their end."""


@dataclass(eq=False)
class Document:
    """One source on its way to a film."""

    source: str
    name: str
    """The film's, without its ending."""
    script: Script | None = None
    """From reading to joining."""
    sections: list[str] = field(default_factory=list)
    """Their names, as if a processor drew them all."""
    missing: set[str] = field(default_factory=set)
    """Those of them that are not drawn yet."""
    state: str = "waiting"
    """waiting, reading, drawing, joining, or one of ENDS."""
    why: str = ""
    """What went wrong."""
    notes: list[str] = field(default_factory=list)
    """What a person should know although a film was made."""
    record: Record | None = None
    """Of the film, once it is whole."""

    def note(self, lines: Iterable[str]) -> None:
        """Each once."""
        self.notes += [line for line in dict.fromkeys(lines) if line not in self.notes]


def fingerprint(source: str, making: Making, *, is_signed: bool) -> str:
    """Of the source's file and all that is done to it; empty where nothing but reading tells whether it changed."""
    try:
        seen = [(about.st_size, about.st_mtime_ns) for about in map(os.stat, _read_with(source))]
    except OSError:
        return ""
    settings = making.settings
    spoken = (settings.language, settings.announce_lists)
    made_of = parts(settings.presenter, settings.background)
    return digest([seen, seen_settings(settings), spoken, making.burn_captions, made_of, is_signed])


def _read_with(source: str) -> list[str]:
    """The file, and the words beside a sound."""
    words = Path(source).with_suffix(".txt")
    return [source, str(words)] if words.is_file() and str(words) != source else [source]
