"""Blocks and votes in; the main text out, with what the vote lost taken back and furniture left out."""

from __future__ import annotations

from readers.html_blocks import page_blocks
from readers.html_tree import parse_html
from readers.main_text import main_blocks, tokens_of
from readers.page_block import PageBlock

FIRST = "The first paragraph of the article says what happened and to whom it happened on that day."
SECOND = "The second paragraph tells why, and quotes somebody who was there and saw it with her own eyes."
TEASER = "Another story altogether about something else that you might perhaps also want to look at today."


def texts(markup: str, votes: list[str], title: str = "") -> list[str]:
    blocks: list[PageBlock] = page_blocks(parse_html(markup))
    return [block.text for block in main_blocks(blocks, votes, title)]


def test_what_lies_between_voted_paragraphs_is_taken_back() -> None:
    page = f"<main><p>{FIRST}</p><ul><li>one</li><li>two</li></ul><h2>Then</h2><p>Short one.</p><p>{SECOND}</p></main>"
    assert texts(page, [FIRST, SECOND]) == [FIRST, "one", "two", "Then", "Short one.", SECOND]


def test_links_and_furniture_between_them_are_not() -> None:
    sign_up, link = f"<div class='newsletter'><p>{TEASER}</p></div>", f"<p><a href='/x'>{TEASER}</a></p>"
    page = f"<main><p>{FIRST}</p>{sign_up}{link}<p>{SECOND}</p></main>"
    assert texts(page, [FIRST, SECOND]) == [FIRST, SECOND]


def test_without_any_vote_the_densest_region_is_read() -> None:
    text = f"<div><div><p>{FIRST}</p><p>{SECOND}</p></div></div>"
    page = f"<div id=nav><a href=/>Home</a></div>{text}<div class=footer>{TEASER}</div>"
    assert texts(page, []) == [FIRST, SECOND]


def test_a_vote_for_a_sidebar_alone_is_overruled() -> None:
    body = "".join(f"<p>Paragraph {number}: {FIRST}</p>" for number in range(8))
    assert len(texts(f"<main>{body}</main><aside><p>{TEASER}</p></aside>", [TEASER])) >= 8


def test_the_standfirst_under_the_title_is_taken_back() -> None:
    lead = "A standfirst in an element of its own."
    page = f"<header><h1>Bees</h1><p>{lead}</p></header><section><p>{FIRST}</p><p>{SECOND}</p></section>"
    assert texts(page, [FIRST, SECOND], "Bees") == [lead, FIRST, SECOND]


def test_class_names_that_would_cost_most_of_the_text_are_not_believed() -> None:
    parts = "".join(f"<div class='related'><p>{number} {FIRST}</p></div>" for number in range(6))
    assert len(texts(f"<main>{parts}</main>", [f"{number} {FIRST}" for number in range(6)])) == 6


def test_words_are_compared_without_case_and_one_by_one_in_chinese() -> None:
    assert tokens_of("The QUICK 港町") == ["the", "quick", "港", "町"]


def test_no_blocks_give_no_text() -> None:
    assert main_blocks([], ["x"], "") == []
