"""A passage's sentences by number: lazily, backwards too, bounded, with its faults in their place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import narrator.script
from narrator.errors import SourceUnreadable
from narrator.flow import Passage, Sentence
from narrator.script import Script
from tests.narrator.quick_narration import passage


def numbered(count: int, read: list[int] | None = None, fault_at: int = -1) -> Script:
    def split(_passage: Passage) -> Iterator[Sentence]:
        for number in range(count):
            if number == fault_at:
                raise SourceUnreadable("a page", "it is torn", "Mend it.")
            if read is not None:
                read.append(number)
            yield Sentence(f"{number:04d}", "en", index=number)

    return Script(passage("x"), split)


def texts(script: Script, *indices: int) -> list[str | None]:
    return [sentence.text if (sentence := script.at(index)) else None for index in indices]


def test_sentences_are_found_forwards_and_backwards_and_not_past_the_end() -> None:
    assert texts(numbered(5), 0, 4, 2, 0, 5, 99) == ["0000", "0004", "0002", "0000", None, None]


def test_nothing_is_read_before_it_is_needed() -> None:
    read: list[int] = []
    script = numbered(100, read)
    assert read == []
    script.at(2)
    assert read == [0, 1, 2]


def test_it_goes_on_from_anywhere() -> None:
    assert [sentence.text for sentence in numbered(4).read_from(2)] == ["0002", "0003"]


def test_the_length_and_progress_are_known_once_all_is_read() -> None:
    script = numbered(4)
    assert (script.count, script.progress(1)) == (0, None)
    script.read_ahead(lambda: False)
    assert (script.count, script.progress(1), script.progress(4)) == (4, 0.25, 1.0)


def test_memory_is_bounded_and_what_was_forgotten_gives_the_earliest_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrator.script, "KEPT", 10)
    script = numbered(100)
    assert texts(script, 50, 45, 0, 99) == ["0050", "0045", "0041", "0099"]


def test_reading_ahead_never_forgets_what_is_still_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrator.script, "KEPT", 10)
    script = numbered(100)
    script.read_ahead(lambda: False)
    assert [sentence.index for sentence in script.read_from(0)] == list(range(100))


def test_reading_ahead_stops_when_told() -> None:
    read: list[int] = []
    numbered(100, read).read_ahead(lambda: len(read) >= 3)
    assert len(read) == 3


def test_a_fault_found_ahead_comes_in_its_own_place() -> None:
    script = numbered(5, fault_at=2)
    script.read_ahead(lambda: False)
    assert texts(script, 1) == ["0001"]
    for _ in range(2):
        with pytest.raises(SourceUnreadable):
            script.at(2)
