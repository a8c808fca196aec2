"""Sections end where their own text says so, and know the pose in which the next one begins."""

from __future__ import annotations

from itertools import pairwise

from narrator.export.sections import LEAST_LETTERS, MOST_LETTERS, Section, sections
from narrator.flow import Block, BlockKind, Passage, Sentence
from narrator.sentences import sentences

FAR = 5
"""Sections that a change may touch: its own, the one before it, and those until the old boundaries are met again."""


def of_blocks(blocks: list[tuple[BlockKind, str]]) -> list[Section]:
    passage = Passage("book", "", "en", tuple(Block(kind, text) for kind, text in blocks))
    return list(sections(sentences(passage)))


def paragraph(number: int) -> tuple[BlockKind, str]:
    return (
        BlockKind.PARAGRAPH,
        f"Paragraph {number} says little. " + f"It is number {number}, and it goes on a while. " * 3,
    )


def long_text(count: int = 60) -> list[tuple[BlockKind, str]]:
    return [paragraph(number) for number in range(count)]


def spoken(found: list[Section]) -> list[str]:
    return [sentence.text for section in found for sentence in section.sentences]


def test_all_is_said_once_and_in_order() -> None:
    passage = Passage("book", "", "en", tuple(Block(kind, text) for kind, text in long_text()))
    assert spoken(of_blocks(long_text())) == [sentence.text for sentence in sentences(passage)]


def test_a_heading_begins_a_section_once_there_is_enough_before_it() -> None:
    body = [paragraph(number) for number in range(3)]
    found = of_blocks([*body, (BlockKind.HEADING, "On boats"), paragraph(9)])
    begins = [section.sentences[0].text for section in found]
    assert "On boats" in begins


def test_a_heading_is_never_parted_from_what_it_announces() -> None:
    found = of_blocks([piece for n in range(40) for piece in ((BlockKind.HEADING, f"Heading {n}"), paragraph(n))])
    assert all(section.sentences[-1].kind is not BlockKind.HEADING for section in found)


def test_no_section_is_much_longer_than_the_limit_or_much_shorter_than_the_least() -> None:
    found = of_blocks(long_text(200))
    assert all(section.letters < MOST_LETTERS + 400 for section in found)
    assert all(section.letters >= LEAST_LETTERS for section in found[:-1])


def test_a_paragraph_without_end_is_cut_between_sentences() -> None:
    found = of_blocks([(BlockKind.PARAGRAPH, "A sentence of some length stands here again. " * 300)])
    assert len(found) > 5


def test_a_changed_paragraph_leaves_what_is_far_from_it_alone() -> None:
    before = long_text()
    after = [*before[:20], (BlockKind.PARAGRAPH, "Something quite different is said here."), *before[21:]]
    assert len(set(of_blocks(after)) - set(of_blocks(before))) <= FAR


def test_an_inserted_paragraph_leaves_what_is_far_from_it_alone() -> None:
    before = long_text()
    after = [*before[:20], (BlockKind.PARAGRAPH, "Something quite different is said here."), *before[20:]]
    assert len(set(of_blocks(after)) - set(of_blocks(before))) <= FAR


def test_each_section_ends_in_the_pose_in_which_the_next_begins() -> None:
    found = of_blocks(long_text())
    assert all(one.next_clock_s == following.clock_s for one, following in pairwise(found))
    assert found[-1].next_clock_s is None


def test_the_same_words_make_the_same_section_wherever_they_stand() -> None:
    alone = list(sections([Sentence("The end.", "en", block_index=4, index=17)]))
    assert alone == list(sections([Sentence("The end.", "en", block_index=90, index=812)]))


def test_nothing_to_say_makes_no_section() -> None:
    assert list(sections([])) == []
