"""A passage's sentences by number: lazily, backwards too, bounded, with its faults in their place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import narrator.script
from narrator.errors import SourceUnreadable
from narrator.flow import BlockKind, Passage, Sentence
from narrator.script import Script, Unit
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


def outlined() -> Script:
    """0 heading, 1-2 paragraph, 3-4 heading of two sentences, 5 paragraph."""
    kinds = [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 2, *[BlockKind.HEADING] * 2, BlockKind.PARAGRAPH]
    blocks = (0, 1, 1, 2, 2, 3)

    def split(_passage: Passage) -> Iterator[Sentence]:
        for index, (kind, block) in enumerate(zip(kinds, blocks, strict=True)):
            yield Sentence(str(index), "en", kind, block_index=block, index=index)

    return Script(passage("x"), split)


@pytest.mark.parametrize(
    ("at", "unit", "by", "found"),
    [
        (1, Unit.SENTENCE, 1, 2),
        (5, Unit.SENTENCE, 1, None),
        (1, Unit.PARAGRAPH, 1, 3),
        (2, Unit.PARAGRAPH, -1, 1),
        (1, Unit.PARAGRAPH, -1, 0),
        (0, Unit.PARAGRAPH, -1, None),
        (0, Unit.HEADING, 1, 3),
        (3, Unit.HEADING, 1, None),
        (4, Unit.HEADING, -1, 3),
        (3, Unit.HEADING, -1, 0),
        (5, Unit.PARAGRAPH, 1, None),
    ],
)
def test_the_next_and_the_last_unit_are_found(at: int, unit: Unit, by: int, found: int | None) -> None:
    assert outlined().find(at, unit, by) == found


def test_a_search_for_a_heading_ends_when_it_is_cancelled() -> None:
    read: list[int] = []
    assert numbered(1000, read).find(0, Unit.HEADING, 1, lambda: len(read) > 10) is None
    assert len(read) < 15


def test_what_is_read_already_can_be_looked_at_without_reading_on() -> None:
    read: list[int] = []
    script = numbered(100, read)
    script.at(4)
    assert [index for index, _ in script.kept(3, 50)] == [3, 4]
    assert read[-1] == 4


def test_looking_for_a_sentence_that_is_not_there_forgets_none_of_those_being_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(narrator.script, "KEPT", 10)
    script = numbered(50)
    assert script.reaches(40, 3, lambda: False)
    assert not script.reaches(99, 3, lambda: False)
    assert texts(script, 3, 49) == ["0003", "0049"]


def test_looking_ahead_ends_when_nobody_wants_it_any_more() -> None:
    read: list[int] = []
    assert not numbered(50, read).reaches(40, 0, lambda: len(read) >= 5)
    assert len(read) == 5
