"""Text in; its number of words out, also where words are not parted by spaces."""

from __future__ import annotations

from narrator.flow import BlockKind
from readers.page_block import PageBlock, count_words


def test_words_are_counted_in_scripts_with_and_without_spaces() -> None:
    assert count_words("three plain words") == 3
    assert count_words("港町で朝市が開かれた") >= 5


def test_a_block_counts_its_own_words() -> None:
    assert PageBlock(BlockKind.PARAGRAPH, "a b c", None).words == 3
