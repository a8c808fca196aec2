"""Hard-wrapped and unwrapped text in; paragraphs out."""

from __future__ import annotations

from lxml import html

from readers.preformatted import is_prose, paragraphs_of, wrap_width

WRAPPED = """The first paragraph of this letter was wrapped by hand at
about sixty columns, as people used to do it, and goes on
for three lines.
The second one begins without an empty line between them and
is told apart by the short line before it.

  The third is indented.
"""


def test_wrapped_lines_are_joined_and_paragraphs_kept_apart() -> None:
    paragraphs = paragraphs_of(WRAPPED)
    assert [paragraph.split()[1] for paragraph in paragraphs] == ["first", "second", "third"]
    assert paragraphs[0].endswith("goes on for three lines.")


def test_lines_longer_than_any_wrapping_are_paragraphs_of_their_own() -> None:
    lines = ["word " * 60 + str(number) for number in range(4)]
    assert len(paragraphs_of("\n".join(lines))) == 4


def test_short_lines_stay_lines() -> None:
    assert paragraphs_of("Milk\nBread\nEggs") == ["Milk", "Bread", "Eggs"]


def test_list_lines_and_underlines_part_paragraphs() -> None:
    opening = "A list of things that we still need to buy before the\nholidays begin:\n\n"
    text = opening + "- candles\n- a very long rope that\n  goes on\n=====\nEnd"
    assert paragraphs_of(text)[1:] == ["- candles", "- a very long rope that goes on", "End"]


def test_quoted_mail_loses_its_marks() -> None:
    assert paragraphs_of("> > I said that.\n> You did?\n") == ["I said that.", "You did?"]


def test_width_is_known_from_the_lines() -> None:
    assert wrap_width(["x" * 72] * 20 + ["short"]) == 72
    assert wrap_width(["x" * 400, "y" * 300]) == 0


def test_prose_in_a_pre_element_is_told_from_code() -> None:
    prose = html.fromstring("<div><pre>" + WRAPPED * 2 + "</pre></div>").find("pre")
    code = html.fromstring("<div><pre>" + "for (i = 0; i < n; i++) { a[i] = b[i]; }\n" * 20 + "</pre></div>").find(
        "pre"
    )
    assert is_prose(prose, prose.text_content())
    assert not is_prose(code, code.text_content())
