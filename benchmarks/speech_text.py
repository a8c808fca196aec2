"""Nothing in, ordinary English to speak out: what all benchmarks read."""

from __future__ import annotations

SENTENCES = (
    "The ferry left the harbour shortly before six, while the town was still asleep.",
    "Nobody on board spoke much during the first hour.",
    "A thin fog lay on the water, and the gulls followed us as far as the lighthouse.",
    "My sister had packed bread, cheese and a bottle of cold tea.",
    "We shared it with a farmer who was bringing five sheep to the island.",
    "He told us that the path over the cliffs was closed, but that everyone used it anyway.",
    "By noon the sun had broken through, and the whole bay shone like a sheet of metal.",
)
PAGE_SENTENCES = 30
"""About 400 words, as on a printed page."""


def sentences(count: int) -> list[str]:
    """So many of them, over and over, each with its number."""
    return [f"Number {index + 1}. {SENTENCES[index % len(SENTENCES)]}" for index in range(count)]


def page(number: int) -> list[str]:
    """The lines of one page; every page differs."""
    return [f"Page {number}, line {line}: {text}" for line, text in enumerate(sentences(PAGE_SENTENCES), 1)]
