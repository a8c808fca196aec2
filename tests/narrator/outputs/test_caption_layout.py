"""Words keep their place in the line, in the order eyes read them, left to right or right to left."""

from __future__ import annotations

from narrator.flow import Caption, Word
from narrator.outputs.caption_font import CaptionFonts
from narrator.outputs.caption_layout import lay_out, width_of

FONTS = CaptionFonts(24)


def caption(line: str, *words: str) -> Caption:
    timed = [Word(word, i * 0.1, 0.1, line.index(word), line.index(word) + len(word)) for i, word in enumerate(words)]
    return Caption((line,), 0.0, 1.0, tuple(timed))


def seen(one: Caption) -> list[str]:
    return [piece.text for piece in lay_out(one, FONTS)[0] if not piece.text.isspace()]


def test_each_piece_knows_its_word() -> None:
    line = lay_out(caption("“Quite so,” she said.", "Quite", "so", "she", "said"), FONTS)[0]
    assert [(piece.text, piece.word) for piece in line if piece.word >= 0] == [
        ("Quite", 0),
        ("so", 1),
        ("she", 2),
        ("said", 3),
    ]
    assert "".join(piece.text for piece in line) == "“Quite so,” she said."


def test_words_of_the_second_line_are_found() -> None:
    one = Caption(("one", "two"), 0.0, 1.0, (Word("one", 0, 0.1, 0, 3), Word("two", 0.1, 0.1, 4, 7)))
    assert [[piece.word for piece in line] for line in lay_out(one, FONTS)] == [[0], [1]]


def test_arabic_runs_from_the_right() -> None:
    assert seen(caption("مرحبا بكم", "مرحبا", "بكم")) == ["بكم", "مرحبا"]


def test_english_words_inside_arabic_stay_in_their_order() -> None:
    assert seen(caption("في big house هنا", "في", "big", "house", "هنا")) == ["هنا", "big", "house", "في"]


def test_a_line_is_as_wide_as_its_pieces() -> None:
    line = lay_out(caption("one two", "one", "two"), FONTS)[0]
    assert abs(width_of(line) - FONTS.font_for("one two").getlength("one two")) < 3


def test_words_that_point_outside_the_line_do_no_harm() -> None:
    wrong = Caption(("short",), 0.0, 1.0, (Word("far", 0.0, 0.1, 90, 93),))
    assert [piece.word for piece in lay_out(wrong, FONTS)[0]] == [-1]
