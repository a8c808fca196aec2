"""What the nouns derive from themselves: ends, lengths, and the word being said."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from narrator.flow import Block, BlockKind, Caption, Phone, Sentence, Utterance, Word

WORDS = (Word("Two", 0.1, 0.2, 0, 3), Word("words", 0.5, 0.3, 4, 9))


def test_a_phone_and_a_word_end_where_their_duration_says() -> None:
    assert Phone("m", 0.25, 0.5).end_s == 0.75
    assert WORDS[1].end_s == pytest.approx(0.8)


def test_an_utterance_is_as_long_as_its_samples() -> None:
    utterance = Utterance(Sentence("Two words.", "en"), np.zeros(11_025, np.int16), 22_050, (), WORDS)
    assert utterance.duration_s == 0.5


@pytest.mark.parametrize(("time_s", "index"), [(0.0, -1), (0.1, 0), (0.4, 0), (0.5, 1), (9.0, 1)])
def test_utterance_and_caption_know_the_word_being_said(time_s: float, index: int) -> None:
    assert Caption(("Two words",), 0.0, 1.0, WORDS).word_at(time_s) == index
    assert Utterance(Sentence("Two words.", "en"), np.zeros(9, np.int16), 9, (), WORDS).word_at(time_s) == index


def test_what_travels_cannot_be_changed_on_the_way() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Block(BlockKind.PARAGRAPH, "text").text = "other"  # type: ignore[misc]
