"""One voted answer in; the other answers out, and no teasers."""

from __future__ import annotations

from readers.html_blocks import page_blocks
from readers.html_tree import parse_html
from readers.sibling_posts import in_boxes_of_the_same_make

LONG = (
    "This answer goes on for a good while, with a number of plain words in it, so that nobody takes it for a teaser. "
    * 2
)


def found(markup: str) -> list[str]:
    blocks = page_blocks(parse_html(markup))
    return [blocks[index].text[:7] for index in sorted(in_boxes_of_the_same_make(blocks, {0}))]


def test_posts_of_the_same_make_are_found() -> None:
    posts = "".join(f"<div class='post-body'><p>Post {number} {LONG}</p></div>" for number in range(3))
    assert found(f"<main>{posts}<div class='ad'><p>Other {LONG}</p></div></main>") == ["Post 1 ", "Post 2 "]


def test_teasers_links_and_other_boxes_are_not() -> None:
    voted = f"<div class='text'><p>{LONG}</p></div>"
    teaser = "<div class='text'><p>A teaser of a few words.</p></div>"
    links = f"<div class='text'><p><a href='/x'>{LONG}</a></p></div>"
    layout = f"<div class='row'><p>{LONG}</p></div>"
    assert found(f"<main>{voted}{teaser}{links}{layout}</main>") == []
