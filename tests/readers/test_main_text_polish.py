"""Main-text blocks with repeats, teasers and titles among them in; the text alone out."""

from __future__ import annotations

from readers.html_blocks import page_blocks
from readers.html_tree import parse_html
from readers.main_text_polish import polish

PROSE = "This paragraph is long enough to count as prose, since it has well over a dozen words in it."
OTHER = "Here is a second paragraph that says something else, and it is just as long as the first."


def polished(markup: str, title: str = "") -> list[str]:
    return [block.text for block in polish(page_blocks(parse_html(f"<main>{markup}</main>")), title)]


def test_the_title_is_not_read_twice() -> None:
    assert polished(f"<h1>Bees on a balcony</h1><p>{PROSE}</p>", "Bees on a balcony") == [PROSE]


def test_pull_quotes_and_repeats_are_said_once() -> None:
    quote = "<aside><p>it has well over a dozen words</p></aside>"
    assert polished(f"<p>{PROSE}</p>{quote}<p>{OTHER}</p><p>{PROSE}</p>") == [PROSE, OTHER]


def test_cookie_notices_go_unless_the_page_is_about_cookies() -> None:
    notice = "<p>We use cookies to improve your experience. Accept all?</p>"
    assert polished(f"{notice}<p>{PROSE}</p>") == [PROSE]
    essay = "".join(
        f"<p>{number}. Cookies are small files that a site keeps for you to read later.</p>" for number in range(6)
    )
    assert len(polished(notice + essay)) == 7


def test_links_before_and_after_the_prose_and_alone_in_it_go() -> None:
    link = "<p><a href='/x'>Another story</a></p>"
    assert polished(f"{link}<p>{PROSE}</p>{link}<p>{OTHER}</p><h3>More</h3>{link}{link}") == [PROSE, OTHER]


def test_teaser_cards_go_and_linked_products_stay() -> None:
    card = "<div><h3><a href='/x'>Other news</a></h3><p>A teaser of a few words.</p></div>"
    long = f"<p>{PROSE}</p><p>{OTHER}</p><p>A third one. {PROSE} {OTHER}</p>"
    assert "A teaser of a few words." not in polished(f"{long}{card}<p>End. {OTHER}</p>")
    products = "".join(f"<div><h2><a href='/{n}'>Kettle {n}</a></h2><p>{n}: {PROSE}</p></div>" for n in range(3))
    assert "Kettle 2" in polished(products)


def test_authors_dates_and_contents_lists_go() -> None:
    contents = "<ul><li><a href='#a'>One</a><li><a href='#b'>Two</a><li><a href='#c'>Three</a></ul>"
    assert polished(f"<p>By Mara Oake</p><p>3 February 2026</p>{contents}<p>{PROSE}</p>") == [PROSE]


def test_headings_that_head_nothing_at_the_end_go() -> None:
    assert polished(f"<p>{PROSE}</p><h2>Comments</h2>") == [PROSE]


def test_pictures_that_only_echo_the_title_go() -> None:
    picture = "<figure><img alt='Bees seen on a balcony'></figure>"
    other = "<figure><img alt='A smoker beside two wooden boxes'></figure>"
    found = polished(f"<p>{PROSE}</p>{picture}<p>{OTHER}</p>{other}", "Bees on a balcony in May")
    assert found == [PROSE, OTHER, "A smoker beside two wooden boxes"]
