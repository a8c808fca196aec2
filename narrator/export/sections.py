"""A document's sentences in, its sections out: stretches that are spoken and drawn apart from all others.

Where a section ends depends on the text near it alone (a heading, or a block whose letters happen to ask for it), so a
change in one place moves no boundary far from it. The face's slow motion has a moment of its own to begin at in each
section; the section before it ends in that very pose, which is all that one needs to know of its neighbour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from narrator.flow import BlockKind, Sentence

LEAST_LETTERS = 400
"""About half a minute of speech: a heading with less before it begins no section."""
MOST_LETTERS = 1600
"""About two minutes, or one to two minutes of drawing on one core: what a dead worker costs at most."""
CHANCE = 3
"""One in so many blocks begins a section once there are letters enough."""
CLOCK_CELLS, CLOCK_CELL_S = 1 << 12, 4.0
"""A section's slow motion begins at one of so many moments, a blink's cell apart (avatar/motion/blinks)."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one worker speaks and draws at a time."""

    sentences: tuple[Sentence, ...]
    """Counted from the section's own beginning, so that the same words make the same section wherever they stand."""
    clock_s: float
    """The moment of the face's slow motion with which it begins."""
    next_clock_s: float | None
    """That of the section after it, in whose pose it ends; None in the last one, which ends as a film does."""

    @property
    def letters(self) -> int:
        """How much there is to say."""
        return sum(len(sentence.text) for sentence in self.sentences)


def sections(sentences: Iterable[Sentence]) -> Iterator[Section]:
    """The sections in order; each waits for the first words of the next."""
    before: tuple[Sentence, ...] | None = None
    for stretch in _stretches(sentences):
        stretch = _counted_apart(stretch)
        if before is not None:
            yield Section(before, _clock_s(before), _clock_s(stretch))
        before = stretch
    if before is not None:
        yield Section(before, _clock_s(before), None)


def _stretches(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    stretch: list[Sentence] = []
    letters = 0
    for sentence in sentences:
        if stretch and _begins(sentence, stretch[-1], letters):
            yield tuple(stretch)
            stretch, letters = [], 0
        stretch.append(sentence)
        letters += _length(sentence)
    if stretch:
        yield tuple(stretch)


def _begins(sentence: Sentence, before: Sentence, letters: int) -> bool:
    """Whether a section begins here."""
    if letters >= MOST_LETTERS:
        return True
    if sentence.block_index == before.block_index or letters < LEAST_LETTERS or before.kind is BlockKind.HEADING:
        return False
    return sentence.kind is BlockKind.HEADING or _number((sentence,)) % CHANCE == 0


def _length(sentence: Sentence) -> int:
    """Letters, or as many as a recording's length would be."""
    sound = sentence.recording
    return len(sentence.text) if sound is None else round(sound.duration_s * LETTERS_A_SECOND)


LETTERS_A_SECOND = 13
"""At 130 words a minute."""


def _counted_apart(stretch: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    first = stretch[0].block_index
    return tuple(
        replace(sentence, index=index, block_index=sentence.block_index - first)
        for index, sentence in enumerate(stretch)
    )


def _clock_s(stretch: tuple[Sentence, ...]) -> float:
    return _number(stretch) % CLOCK_CELLS * CLOCK_CELL_S


def _number(sentences: Iterable[Sentence]) -> int:
    """A number that only the words decide."""
    words = "\n".join(f"{sentence.kind} {sentence.text} {sentence.recording}" for sentence in sentences)
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "replace")).digest()[:8], "big")
