"""Every fault is told in one line: what was expected, what came, what to do next."""

from __future__ import annotations

import pytest

from narrator import errors
from narrator.errors import Cancelled, NarratorError, SourceError, SourceMissing

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and kind is not Cancelled]


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_is_one_line_with_its_next_step_at_the_end(kind: type[NarratorError]) -> None:
    fault = kind("a page", "nothing\ncame", "Name another one.")
    assert str(fault) == "expected a page; nothing came. Name another one."


def test_every_fault_can_be_caught_as_one_kind() -> None:
    assert all(issubclass(kind, NarratorError) for kind in KINDS)
    assert issubclass(SourceMissing, SourceError)


def test_its_parts_can_be_had_one_by_one() -> None:
    fault = SourceMissing("a file", "there is none", "Look again.")
    assert (fault.expected, fault.came, fault.next_step) == ("a file", "there is none", "Look again.")


def test_stopping_is_not_a_fault_but_says_what_to_do_too() -> None:
    assert str(Cancelled()).endswith("Run the same command again to start over.")


def test_a_name_cannot_steer_the_terminal_or_turn_its_line_round() -> None:
    fault = SourceMissing("a file", "there is no \x1b[31mred\u202egpj.exe\udcff", "Look again.")
    assert str(fault) == r"expected a file; there is no \x1b[31mred\u202egpj.exe\udcff. Look again."


def test_an_endless_name_is_cut_and_keeps_its_ends() -> None:
    line = str(SourceMissing("a file", f"there is no /begin/{'a' * 60_000}/end.txt", "Look again."))
    assert len(line) < 500
    assert "/begin/aaa" in line
    assert "aaa/end.txt. Look again." in line
