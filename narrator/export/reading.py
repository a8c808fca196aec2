"""A source and settings in, its sections out: what is read once, in a process of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from narrator import assemble
from narrator.export.notes import noted
from narrator.export.sections import Section, sections
from narrator.settings import Settings


@dataclass(frozen=True, slots=True)
class Script:
    """All that is said of one document."""

    title: str
    """Empty where it has none of its own."""
    language: str
    """BCP 47; that of most of its words where it names none."""
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    """What the readers had to say of it: a page that is damaged, one that was left out."""


def read(source: str, password: str | None, settings: Settings) -> Script:
    """Reads it to the end. Raises a SourceError."""
    with noted(source) as notes:
        passage = assemble.passage(source, assemble.Request((source,), password=password), settings)
        found = tuple(sections(assemble.sentences(passage, settings)))
    return Script(passage.title, passage.language or _most_spoken(found), found, tuple(notes))


def _most_spoken(found: Iterable[Section]) -> str:
    """The language of most letters; empty where nothing is said."""
    letters: Counter[str] = Counter()
    for section in found:
        for sentence in section.sentences:
            letters[sentence.language] += len(sentence.text)
    return letters.most_common(1)[0][0] if letters else ""
