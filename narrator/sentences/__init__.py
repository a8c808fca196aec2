"""A Passage in, its Sentences out, block by block: what is said in one breath, and the pause after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from narrator.flow import Block, BlockKind, Passage, Sentence
from narrator.sentences.announcements import announcement
from narrator.sentences.boundaries import split_sentences
from narrator.sentences.language import LanguageGuess
from narrator.sentences.pieces import split_long
from narrator.sentences.title import look_ahead, with_title

SENTENCE_PAUSE_S = 0.35
PARAGRAPH_PAUSE_S = 0.6
HEADING_PAUSE_S = 0.8
ITEM_PAUSE_S = 0.45
"""After a list item or a table row: a little more than a sentence, less than a paragraph."""
PIECE_PAUSE_S = 0.12
"""Between the pieces of a sentence too long for one breath: what espeak pauses at a comma at 130 wpm."""

_BLOCK_PAUSE_S = {
    BlockKind.HEADING: HEADING_PAUSE_S,
    BlockKind.LIST_ITEM: ITEM_PAUSE_S,
    BlockKind.TABLE_ROW: ITEM_PAUSE_S,
}

__all__ = ["sentences", "split_sentences", "with_title"]


def sentences(passage: Passage, *, announce_lists: bool = True) -> Iterator[Sentence]:
    """Yields the sentences in reading order, the title first; a block is taken only when it is needed.

    announce_lists puts "List of three." before a list and "Table of two rows." before a table.
    """
    title, blocks = with_title(passage)
    heading = [Block(BlockKind.HEADING, title, level=1)] if title else []
    guess = LanguageGuess(passage.language)
    index = 0
    for block_index, block in enumerate(_language_known(chain(heading, blocks), guess), -len(heading)):
        if block.recording is not None:
            recording = block.recording
            language = guess.of(block) if block.text else ""
            yield Sentence(block.text, language, block.kind, recording.pause_s, block_index, index, recording)
            index += 1
            continue
        language = guess.of(block)
        for text, pause_s in _spoken(block, language, announce_lists):
            yield Sentence(text, language, block.kind, pause_s, block_index, index)
            index += 1


def _language_known(blocks: Iterable[Block], guess: LanguageGuess) -> Iterator[Block]:
    """The same blocks. A passage that does not name its language is read a little ahead, so that a short title is
    not spoken in the wrong one."""

    def is_enough(block: Block) -> bool:
        if not block.language:
            guess.note(block.text)
        return guess.is_settled()

    return iter(blocks) if guess.is_settled() else look_ahead(blocks, is_enough)[1]


def _spoken(block: Block, language: str, announce_lists: bool) -> Iterator[tuple[str, float]]:
    if announce_lists and (words := announcement(block, language)):
        yield words, SENTENCE_PAUSE_S
    parts = list(split_sentences(block.text, language))
    for number, sentence in enumerate(parts, 1):
        pieces = split_long(sentence)
        for piece in pieces[:-1]:
            yield piece, PIECE_PAUSE_S
        is_last = number == len(parts)
        yield pieces[-1], _BLOCK_PAUSE_S.get(block.kind, PARAGRAPH_PAUSE_S) if is_last else SENTENCE_PAUSE_S
