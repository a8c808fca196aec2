"""A source and settings in, its sections out: what is read once, in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass

from narrator import assemble
from narrator.export.sections import Section, sections
from narrator.settings import Settings


@dataclass(frozen=True, slots=True)
class Script:
    """All that is said of one document."""

    title: str
    """Empty where it has none of its own."""
    language: str
    sections: tuple[Section, ...]


def read(source: str, password: str | None, settings: Settings) -> Script:
    """Reads it to the end. Raises a SourceError."""
    passage = assemble.passage(source, assemble.Request((source,), password=password), settings)
    return Script(passage.title, passage.language, tuple(sections(assemble.sentences(passage, settings))))
