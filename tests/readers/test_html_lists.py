"""List elements in; how many items they have and whether they are lists to a reader out."""

from __future__ import annotations

from readers.html_lists import ListPlace, is_layout_list, list_total
from readers.html_tree import Element, parse_html


def first_list(markup: str) -> Element:
    return next(parse_html(markup).iter("ul", "ol", "dl"))


def test_items_of_inner_lists_and_empty_items_are_not_counted() -> None:
    assert list_total(first_list("<ul><li>a<ul><li>b<li>c</ul><li></li><li>d</ul>")) == 2


def test_terms_are_the_items_of_a_definition_list() -> None:
    assert list_total(first_list("<dl><dt>a<dd>b<dt>c<dd>d<dd>e</dl>")) == 2


def test_a_list_of_whole_posts_is_layout() -> None:
    post = "<li>" + "<p>A paragraph of a post in a thread.</p>" * 5
    assert is_layout_list(first_list(f"<ul>{post}{post}</ul>"))
    assert not is_layout_list(first_list("<ul><li>short<li>items</ul>"))


def test_an_item_is_announced_once() -> None:
    place = ListPlace(total=2, is_layout=False, count=1)
    assert place.is_due()
    place.announced = 1
    assert not place.is_due()
