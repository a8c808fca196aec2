"""Every command that steers names the narration it means, and steps have one unit."""

from __future__ import annotations

import pytest

from narrator.cli.arguments import parser


@pytest.mark.parametrize(
    "command", ["pause", "resume", "next", "previous", "replay", "skip", "stop", "status", "queue"]
)
def test_each_takes_an_id(command: str) -> None:
    assert parser().parse_args([command]).id == ""
    assert parser().parse_args([command, "--id", "7"]).id == "7"


def test_a_step_is_a_sentence_unless_it_says_otherwise() -> None:
    assert parser().parse_args(["next"]).unit == "sentence"
    assert parser().parse_args(["previous", "--heading"]).unit == "heading"
    with pytest.raises(SystemExit):
        parser().parse_args(["next", "--heading", "--paragraph"])


def test_sentences_and_words_are_counted_from_one() -> None:
    options = parser().parse_args(["seek", "4"])
    assert (options.sentence, options.word) == (4, 1)
