"""Class names and lines in; whether they are a page's furniture out."""

from __future__ import annotations

import time

import pytest

from readers.html_boilerplate import is_furniture_element, is_furniture_line, is_head_line
from readers.html_tree import parse_html


@pytest.mark.parametrize(
    ("names", "is_furniture"),
    [
        ("class='social-share'", True),
        ("class='articleShareBar'", True),
        ("id='cookie-notice'", True),
        ("class='toc'", True),
        ("class='toc-section'", False),
        ("class='shareholder-letter'", False),
        ("class='article__body'", False),
        ("class='entry-meta'", True),
        ("role='navigation'", True),
        ("", False),
    ],
)
def test_names_are_read_word_by_word(names: str, is_furniture: bool) -> None:
    element = parse_html(f"<div><div {names}><p>x</p></div></div>").find(".//div/div")
    assert is_furniture_element(element, 200) is is_furniture


def test_a_name_for_short_things_means_nothing_on_a_long_one() -> None:
    element = parse_html("<div><div class='author'>x</div></div>").find(".//div/div")
    assert is_furniture_element(element, 5)
    assert not is_furniture_element(element, 300)


@pytest.mark.parametrize(
    "line",
    [
        "Share on Facebook",
        "Advertisement",
        "Read more: Ten soups",
        "3 Comments",
        "Lesen Sie auch: Parkhaus",
        "Publicidad",
    ]
    + [
        "© 2026 Courier",
        "Sign up for our newsletter",
        "Last updated 3 March",
        "Related articles",
        "Photo: Jane Doe/Agency",
    ],
)
def test_lines_of_furniture_are_known(line: str) -> None:
    assert is_furniture_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Go to Settings and choose Display.",
        "Related work",
        "Tags help readers find posts.",
        "Subscribe to events using a callback.",
    ]
    + [
        "Share prices fell by a third on Monday.",
        "Published in 1920, the novel sold badly.",
        "By the river it was quiet.",
    ]
    + ["Sign in to the console with your key.", "Read more books, he told us, and watch fewer films."],
)
def test_sentences_are_not(line: str) -> None:
    assert not is_furniture_line(line)


def test_authors_and_dates_are_known_under_a_title() -> None:
    for line in (
        "By Hanne Dahl",
        "Von Jörg Petersen",
        "14 May 2026",
        "May 3, 2025 at 9:14",
        "12 min read",
        "2026年4月12日 6時00分",
    ):
        assert is_head_line(line), line
    for line in ("By Sunday they had all left.", "In 1920", "Twelve minutes later"):
        assert not is_head_line(line), line


@pytest.mark.parametrize("piece", ["share this ", "by A", "read more ", "  ", "get a "])
def test_patterns_take_linear_time(piece: str) -> None:
    started = time.thread_time()
    for length in range(100, 240, 10):
        is_furniture_line((piece * 240)[:length] + "\x00")
        is_head_line((piece * 240)[:120])
    assert time.thread_time() - started < 2
