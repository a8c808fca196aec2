"""Lists and tables are announced before their first item, in the languages that have a phrase for it."""

from __future__ import annotations

import pytest

from narrator.flow import Block, BlockKind
from narrator.sentences.announcements import announcement


@pytest.mark.parametrize(
    ("language", "total", "expected"),
    [
        ("en", 3, "List of three."),
        ("en-GB", 12, "List of twelve."),
        ("en", 40, "List of 40."),
        ("en", 1, "List of one."),
        ("de", 3, "Liste mit 3 Punkten."),
        ("zh-CN", 3, "列表，共3项。"),
    ],
)
def test_a_list_says_how_many_items_follow(language: str, total: int, expected: str) -> None:
    assert announcement(Block(BlockKind.LIST_ITEM, "x", 0, 1, total), language) == expected


@pytest.mark.parametrize(
    "block",
    [
        Block(BlockKind.LIST_ITEM, "x", 0, 2, 3),
        Block(BlockKind.LIST_ITEM, "x", 0, 1, 0),
        Block(BlockKind.PARAGRAPH, "x", 0, 1, 3),
    ],
)
def test_later_items_unknown_lengths_and_paragraphs_are_not_announced(block: Block) -> None:
    assert announcement(block, "en") == ""


def test_a_language_without_a_phrase_is_not_announced_in_another() -> None:
    assert announcement(Block(BlockKind.LIST_ITEM, "x", 0, 1, 3), "is") == ""
