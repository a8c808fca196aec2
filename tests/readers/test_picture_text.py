"""Pictures and captions in; words that help out, and silence for decoration."""

from __future__ import annotations

import pytest

from readers.html_tree import Element, parse_html
from readers.picture_text import inline_picture_text, is_caption, is_credit, picture_text, without_credit


def image(markup: str) -> Element:
    return parse_html(f"<body>{markup}</body>").find(".//img")


def test_a_description_is_kept() -> None:
    assert picture_text(image("<img alt='A cat on a red roof'>")) == "A cat on a red roof"


@pytest.mark.parametrize(
    "markup",
    [
        "<img>",
        "<img alt='IMG_2041.jpg'>",
        "<img alt='Homeward company logo'>",
        "<img alt='A cat on a roof' width=40 height=40>",
        "<figure><img alt='A cat on a roof'><figcaption>A cat</figcaption></figure>",
        "<a href='/shop/1'><img alt='A cat on a roof'></a>",
    ],
)
def test_decoration_and_what_a_caption_says_already_are_left_out(markup: str) -> None:
    assert picture_text(image(markup)) == ""


def test_emoji_and_formulas_are_part_of_their_sentence() -> None:
    assert inline_picture_text(image("<img class='wp-smiley' alt='🙂'>")) == "🙂"
    assert (
        inline_picture_text(image(r"<img class='mwe-math-fallback-image-inline' alt='{\displaystyle x^2}'>")) == "x^2"
    )
    assert inline_picture_text(image("<img alt='A cat on a roof'>")) == ""


@pytest.mark.parametrize(
    "credit",
    [
        " (Foto: Raúl Peña)",
        " Photograph: Tom Reed/The Courier",
        " Photo by Ida Moen",
        " Credit...Ida Moen",
        " | Image: AP",
    ],
)
def test_credits_go_and_captions_stay(credit: str) -> None:
    assert without_credit("Don Eusebio en su taller." + credit) == "Don Eusebio en su taller."


def test_captions_and_credits_are_known_by_name() -> None:
    page = parse_html("<p class='wp-caption-text'>a</p><p class='x'>b</p><span class='media__credit'>c</span>")
    caption, plain = page.findall(".//p")
    assert is_caption(caption)
    assert not is_caption(plain)
    assert is_credit(page.find(".//span"))
