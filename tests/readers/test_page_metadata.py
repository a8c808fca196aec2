"""Heads of pages in; titles without the site's name and well-formed language tags out."""

from __future__ import annotations

import pytest

from readers.html_tree import parse_html
from readers.page_metadata import language_tag, page_language, page_title


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Bees | The Courier</title><h1>Bees</h1>", "Bees"),
        (
            "<title>Site: A bad night</title><h1><a href='/'>Site</a></h1><h3 class='post-title'>A bad night</h3>",
            "A bad night",
        ),
        ("<title>Lints - The book</title><h1>The book</h1><h1>Lints</h1>", "Lints"),
        (
            "<meta property='og:title' content='Night train'><meta property='og:site_name' content='Weekly'>",
            "Night train",
        ),
        ("<title>Night train - Weekly</title><meta property='og:site_name' content='Weekly'>", "Night train"),
        ("<h1>Only heading¶</h1>", "Only heading"),
        ("<p>Nothing</p>", ""),
    ],
)
def test_the_headline_is_found(markup: str, title: str) -> None:
    assert page_title(parse_html(markup)) == title


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ("<html lang='en_us'>", "en-US"),
        ("<html xml:lang='pt-br'>", "pt-BR"),
        ("<html><head><meta http-equiv='Content-Language' content='de, en'></head>", "de"),
        ("<html><head><meta property='og:locale' content='zh_hant_tw'></head>", "zh-Hant-TW"),
        ('<html><head><script type="application/ld+json">{"inLanguage": "fr"}</script></head>', "fr"),
        ("<html lang='{{locale}}'>", ""),
        ("<html>", ""),
    ],
)
def test_the_language_is_found(markup: str, language: str) -> None:
    assert page_language(parse_html(markup + "<body><p>x</p></body></html>")) == language


def test_names_of_languages_and_rubbish() -> None:
    assert [language_tag(raw) for raw in ("English", None, "", "x" * 40, "en; q=1")] == ["en", "", "", "", "en"]
