"""Lines of one column become headings, paragraphs, list items and rows."""

from __future__ import annotations

from narrator.flow import BlockKind
from readers.pdf_columns import lines_of
from readers.pdf_lines import Line, segments_of
from readers.pdf_paragraphs import BodyStyle, ends_sentence, pieces_of
from tests.readers.pdf_pages_made import BOLD, PLAIN, drawn

FULL = "a line that fills its column to the brim"


def column(*rows: tuple[str, float, float, bool]) -> list[Line]:
    """Lines from top to bottom: text, indent, size, bold."""
    glyphs, y = [], 700.0
    for text, indent, size, is_bold in rows:
        y -= 1.2 * size
        glyphs += drawn(text, 50 + indent, y, size, BOLD if is_bold else PLAIN)
    return lines_of(segments_of(glyphs))


def kinds(*rows: tuple[str, float, float, bool]) -> list[tuple[BlockKind, str]]:
    lines = column(*rows)
    body = BodyStyle()
    body.learn([*lines, *column(*[(FULL, 0, 10, False)] * 20)])
    return [(piece.kind, " ".join(piece.lines)) for piece in pieces_of(lines, body, 1)]


def test_large_and_bold_lines_are_headings() -> None:
    found = kinds(("Title", 0, 18, False), ("Section", 0, 10, True), (FULL, 0, 10, False))
    assert [kind for kind, _ in found] == [BlockKind.HEADING, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_an_indent_begins_a_paragraph() -> None:
    rows = [(FULL, 0, 10, False), (FULL, 0, 10, False), (FULL[:-3], 15, 10, False), (FULL, 0, 10, False)]
    assert len(kinds(*rows)) == 2


def test_hanging_lines_belong_to_the_line_before() -> None:
    rows = [("\u2022 " + FULL, 0, 10, False), (FULL, 10, 10, False), ("\u2022 short", 0, 10, False)]
    assert [text[:3] for _, text in kinds(*rows)] == ["\u2022 a", "\u2022 s"]


def test_a_short_last_line_ends_a_paragraph() -> None:
    rows = [(FULL, 0, 10, False), ("It ends.", 0, 10, False), ("Again " + FULL[6:], 0, 10, False)]
    assert len(kinds(*rows)) == 2


def test_a_caption_stands_for_its_picture() -> None:
    assert kinds(("Figure 3: A boat in fog", 0, 10, False))[0][0] is BlockKind.FIGURE


def test_a_bold_sentence_is_no_heading() -> None:
    assert kinds(("Mind the step.", 0, 10, True), (FULL, 0, 10, False))[0][0] is BlockKind.PARAGRAPH


def test_sentence_ends_are_known() -> None:
    assert all(map(ends_sentence, ("Yes.", "Yes?\u201d", "\u662f\u3002", "\u0646\u0639\u0645\u061f")))
    assert not ends_sentence("Yes, and")
