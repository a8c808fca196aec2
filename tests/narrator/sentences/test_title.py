"""A title is announced before what it is the title of, unless the blocks open with it themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from narrator.flow import Block, BlockKind, Passage
from narrator.sentences.title import LONGEST_TITLE, OPENING_BLOCKS, with_title

TEXT = Block(BlockKind.PARAGRAPH, "The keeper wrote every evening.")


def announced(title: str, *blocks: Block) -> str:
    told, every = with_title(Passage("test", title, "en", blocks))
    assert tuple(every) == blocks
    return told


@pytest.mark.parametrize("title", ["Otters", "Notes from a  lighthouse", "C++", "\u706f\u5854\u770b\u5b88\u4eba"])
def test_a_title_of_its_own_is_announced(title: str) -> None:
    assert announced(title, TEXT) == " ".join(title.split())


@pytest.mark.parametrize(
    "block",
    [
        Block(BlockKind.HEADING, "NOTES from a lighthouse."),
        Block(BlockKind.HEADING, "Notes from a lighthouse: a winter in the north"),
        Block(BlockKind.HEADING, "From a lighthouse"),
        Block(BlockKind.PARAGRAPH, "Notes from a lighthouse"),
        Block(BlockKind.PARAGRAPH, "Notes from a lighthouse Ada Example and Ben Sample"),
    ],
)
def test_a_title_that_the_blocks_open_with_is_left_to_them(block: Block) -> None:
    journal = Block(BlockKind.PARAGRAPH, "Journal of Harbours, volume 3")
    assert announced("Notes from a lighthouse", block, TEXT) == ""
    assert announced("Notes from a lighthouse", journal, block, TEXT) == ""


@pytest.mark.parametrize(
    "block",
    [
        Block(BlockKind.HEADING, "Where otters live"),
        Block(BlockKind.HEADING, "Otters and people"),
        Block(BlockKind.PARAGRAPH, "Otters are good swimmers."),
    ],
)
def test_words_of_a_short_title_in_the_text_do_not_stand_for_it(block: Block) -> None:
    assert announced("Otters", block) == "Otters"


def test_the_title_far_down_is_announced_all_the_same() -> None:
    assert announced("Otters", *[TEXT] * OPENING_BLOCKS, Block(BlockKind.HEADING, "Otters")) == "Otters"


@pytest.mark.parametrize("title", ["", " ", "***", "word " * LONGEST_TITLE])
def test_what_is_no_title_is_not_announced(title: str) -> None:
    assert announced(title, TEXT) == ""


def test_a_single_word_that_a_program_put_into_a_pdf_is_not_announced() -> None:
    paged = Block(BlockKind.PARAGRAPH, "The keeper wrote every evening.", page=1)
    assert announced("report_final-2", paged) == ""
    assert announced("The Keeper's Book", paged) == "The Keeper's Book"


def test_only_the_opening_is_read_ahead() -> None:
    taken: list[int] = []

    def blocks() -> Iterator[Block]:
        for number in range(100):
            taken.append(number)
            yield TEXT

    with_title(Passage("test", "Otters", "en", blocks()))
    assert len(taken) == OPENING_BLOCKS
