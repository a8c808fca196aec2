"""Words from the command line in; a passage of them out."""

from __future__ import annotations

import pytest

from narrator.errors import SourceUnreadable
from readers.literal_text import LiteralTextReader


def test_the_words_are_read_as_they_are() -> None:
    passage = LiteralTextReader().read("Hello there.\n\nAgain.")
    assert passage.source == "text"
    assert [block.text for block in passage.blocks] == ["Hello there.", "Again."]


def test_no_words_is_one_clear_line() -> None:
    assert not LiteralTextReader().can_read("  ")
    with pytest.raises(SourceUnreadable):
        LiteralTextReader().read(" ")
