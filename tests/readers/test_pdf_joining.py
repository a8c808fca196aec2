"""Paragraphs cut by columns and pages become whole; lists and tables are counted."""

from __future__ import annotations

from narrator.flow import BlockKind
from readers.pdf_joining import LONG_PARAGRAPH_LETTERS, blocks_of
from readers.pdf_paragraphs import Piece
from readers.pdf_words import WordList


def paragraph(text: str, **more: object) -> Piece:
    piece = Piece(BlockKind.PARAGRAPH, [text], size=10.0, is_full=True)
    for name, value in more.items():
        setattr(piece, name, value)
    return piece


def texts(*pieces: Piece) -> list[str]:
    return [block.text for block in blocks_of(pieces, WordList())]


def test_a_cut_sentence_goes_on() -> None:
    assert texts(paragraph("The lamp was"), paragraph("lit again.")) == ["The lamp was lit again."]


def test_an_ended_sentence_does_not() -> None:
    assert len(texts(paragraph("The lamp was lit."), paragraph("Again it rained."))) == 2


def test_an_indented_beginning_does_not_either() -> None:
    assert len(texts(paragraph("Names and"), paragraph("Places", is_indented=True))) == 2


def test_notes_and_pictures_wait() -> None:
    note = paragraph("A note.", is_note=True, size=8.0)
    figure = Piece(BlockKind.FIGURE, ["Figure 1. A boat."], size=9.0)
    read = texts(paragraph("The lamp was"), note, figure, paragraph("lit again."))
    assert read == ["The lamp was lit again.", "A note.", "Figure 1. A boat."]


def test_a_word_cut_by_the_page_is_whole() -> None:
    assert texts(paragraph("the light-"), paragraph("ened sky.")) == ["the lightened sky."]


def test_an_endless_paragraph_is_begun_before_its_end() -> None:
    sentence = "This goes on. " * 60
    read = list(blocks_of((paragraph(sentence + "And") for _ in range(20)), WordList()))
    assert len(read) > 1
    assert max(len(block.text) for block in read) < 2 * LONG_PARAGRAPH_LETTERS


def test_dots_before_a_page_number_are_not_read() -> None:
    assert texts(paragraph("1 Fog . . . . . . . . 7")) == ["1 Fog 7"]


def test_rows_are_counted() -> None:
    rows = [Piece(BlockKind.TABLE_ROW, [f"row {n}"]) for n in range(3)]
    assert [(b.position, b.total) for b in blocks_of(rows, WordList())] == [(1, 3), (2, 3), (3, 3)]
