"""Whatever a function does, whoever waits for it hears of it."""

from __future__ import annotations

import operator
import pickle

import pytest

from narrator.errors import SourceMissing
from narrator.export.outcome import outcome


class TwoWords(Exception):
    """Cannot be read back: its making wants more than it keeps."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def endless() -> None:
    endless()


def fault(kind: type[Exception], *words: object) -> None:
    raise kind(*words)


def test_a_result_comes_back() -> None:
    assert outcome(operator.add, 40, 2) == (True, 42)


def test_a_fault_of_ours_stays_what_it_is() -> None:
    is_done, found = outcome(fault, SourceMissing, "a file", "none", "Look.")
    assert not is_done
    with pytest.raises(SourceMissing, match="none"):
        raise pickle.loads(pickle.dumps(found))


@pytest.mark.parametrize(("function", "words"), [(endless, ()), (fault, (TwoWords, "one", "other"))])
def test_a_fault_that_cannot_be_handed_on_is_told_in_words(function: object, words: tuple[object, ...]) -> None:
    is_done, found = outcome(function, *words)  # type: ignore[arg-type]
    handed_on = pickle.loads(pickle.dumps(found))
    assert not is_done
    assert isinstance(handed_on, Exception)
    assert "recursion" in str(handed_on) or "one other" in str(handed_on)
