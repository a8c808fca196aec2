"""What a command is to read: sources, or words, never both or neither."""

from __future__ import annotations

import argparse

import pytest

from narrator.cli.requests import TEXT_NAME, request


class Wrong(Exception):
    """Wrong usage."""


def options(source: list[str] | str | None, text: str | None = None) -> argparse.Namespace:
    def wrong_usage(message: str) -> None:
        raise Wrong(message)

    return argparse.Namespace(source=source, text=text, password="secret", wrong_usage=wrong_usage)


def test_one_source_or_many() -> None:
    assert request(options("a")).sources == ("a",)
    assert request(options(["a", "b"])).sources == ("a", "b")
    assert request(options("a")).password == "secret"


def test_words_of_the_command_line_are_a_source_with_a_name() -> None:
    asked = request(options([], "Hello."))
    assert (asked.sources, asked.text) == ((TEXT_NAME,), "Hello.")


def test_empty_words_are_words() -> None:
    assert request(options(None, "")).text == ""


@pytest.mark.parametrize("wrong", [options([]), options(None), options(["a"], "Hello."), options("a", "")])
def test_neither_or_both_is_wrong_usage(wrong: argparse.Namespace) -> None:
    with pytest.raises(Wrong):
        request(wrong)
