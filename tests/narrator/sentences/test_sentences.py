"""A passage becomes sentences with pauses, announcements and languages, and loses no character."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.errors import SourceUnreadable
from narrator.flow import Block, BlockKind, Passage
from narrator.sentences import HEADING_PAUSE_S, PARAGRAPH_PAUSE_S, PIECE_PAUSE_S, SENTENCE_PAUSE_S, sentences


def passage(*blocks: Block, language: str = "en") -> Passage:
    return Passage("test", "", language, blocks)


def paragraph(text: str, language: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, text, language=language)


def test_each_sentence_knows_its_place_and_its_block() -> None:
    found = list(sentences(passage(Block(BlockKind.HEADING, "A title", 1), paragraph("One. Two."))))
    assert [(s.text, s.kind, s.block_index, s.index) for s in found] == [
        ("A title", BlockKind.HEADING, 0, 0),
        ("One.", BlockKind.PARAGRAPH, 1, 1),
        ("Two.", BlockKind.PARAGRAPH, 1, 2),
    ]


def test_a_breath_follows_a_sentence_and_more_a_paragraph_and_most_a_heading() -> None:
    found = list(sentences(passage(Block(BlockKind.HEADING, "A title", 1), paragraph("One. Two."))))
    assert [s.pause_s for s in found] == [HEADING_PAUSE_S, SENTENCE_PAUSE_S, PARAGRAPH_PAUSE_S]
    assert SENTENCE_PAUSE_S < PARAGRAPH_PAUSE_S < HEADING_PAUSE_S


def test_the_title_is_read_first_as_a_heading_of_no_block() -> None:
    titled = Passage("test", "A marsh diary", "", (paragraph("Der Hund ist nicht im Haus, und die Katze schläft."),))
    first, second = sentences(titled)
    assert (first.text, first.kind, first.pause_s) == ("A marsh diary", BlockKind.HEADING, HEADING_PAUSE_S)
    assert (first.block_index, first.index, first.language) == (-1, 0, "de")
    assert (second.block_index, second.index) == (0, 1)


def test_what_is_read_before_a_fault_is_spoken_before_it() -> None:
    def blocks() -> Iterator[Block]:
        yield paragraph("Zwei.")
        raise SourceUnreadable("a whole file", "it breaks off", "Save it again.")

    found = sentences(Passage("test", "", "", blocks()))
    assert next(found).text == "Zwei."
    with pytest.raises(SourceUnreadable):
        next(found)


def test_a_list_is_announced_once() -> None:
    items = [Block(BlockKind.LIST_ITEM, text, 0, place, 3) for place, text in enumerate(("ham", "eggs", "tea"), 1)]
    assert [s.text for s in sentences(passage(*items))] == ["List of three.", "ham", "eggs", "tea"]


def test_announcements_can_be_left_out() -> None:
    items = [Block(BlockKind.LIST_ITEM, "ham", 0, 1, 1)]
    assert [s.text for s in sentences(passage(*items), announce_lists=False)] == ["ham"]


def test_a_table_row_is_a_sentence_of_its_own() -> None:
    rows = [
        Block(BlockKind.TABLE_ROW, "Name: Ann, age: 30", 0, 1, 2),
        Block(BlockKind.TABLE_ROW, "Name: Bo, age: 7", 0, 2, 2),
    ]
    found = [s.text for s in sentences(passage(*rows))]
    assert found == ["Table of two rows.", "Name: Ann, age: 30", "Name: Bo, age: 7"]


def test_a_block_is_taken_only_when_it_is_needed() -> None:
    taken: list[int] = []

    def blocks() -> Iterator[Block]:
        for number in range(1000):
            taken.append(number)
            yield paragraph(f"This is block {number}.")

    found = sentences(Passage("test", "", "en", blocks()))
    next(found)
    assert taken == [0]
    next(found)
    assert taken == [0, 1]


def test_a_very_long_sentence_begins_with_a_short_piece() -> None:
    text = "This goes on, " * 100 + "and ends."
    found = list(sentences(passage(paragraph(text))))
    assert all(len(s.text) <= 200 for s in found)
    assert " ".join(s.text for s in found).split() == text.split()
    assert {s.pause_s for s in found[:-1]} == {PIECE_PAUSE_S}
    assert found[-1].pause_s == PARAGRAPH_PAUSE_S


@given(st.text(max_size=400), st.sampled_from(["", "en", "de", "zh", "ja", "hi", "ar", "ru", "xx"]))
def test_no_visible_character_is_dropped_whatever_the_text(text: str, language: str) -> None:
    found = list(sentences(passage(paragraph(text), language=language), announce_lists=False))
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())


@given(
    st.lists(
        st.sampled_from(["Dr.", "A.", "3.", "end.", "No.", "The", "...", "?!", '"Yes."', "(x.)", "。", "।", "\n\n"])
    )
)
def test_no_visible_character_is_dropped_among_full_stops(words: list[str]) -> None:
    text = " ".join(words)
    found = list(sentences(passage(paragraph(text)), announce_lists=False))
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())


def test_the_block_s_language_comes_before_the_passage_s() -> None:
    found = list(sentences(passage(paragraph("Hello."), paragraph("Bonjour.", "fr"), language="en")))
    assert [s.language for s in found] == ["en", "fr"]


def test_an_unnamed_language_is_found_by_itself_also_for_the_title_before_it() -> None:
    blocks = (
        Block(BlockKind.HEADING, "Introduction", 1),
        paragraph("Der Hund ist nicht im Haus, und die Katze schläft."),
    )
    assert {s.language for s in sentences(passage(*blocks, language=""))} == {"de"}


def test_a_page_that_names_the_wrong_script_is_read_in_the_right_one() -> None:
    found = list(sentences(passage(paragraph("Сегодня хорошая погода, мы пойдём гулять."), language="en")))
    assert found[0].language == "ru"


@pytest.mark.parametrize("kind", list(BlockKind))
def test_every_kind_of_block_is_spoken(kind: BlockKind) -> None:
    assert [s.text for s in sentences(passage(Block(kind, "Some words")))] == ["Some words"]
