"""Whole pages in; passages out, down every step of the fallback chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import SourceUnreadable
from narrator.flow import BlockKind
from readers import html_passage
from readers.html_passage import passage_of_fragment, passage_of_page

PAGES = Path(__file__).parent / "pages"


def test_title_language_and_blocks_come_together() -> None:
    passage = passage_of_page((PAGES / "encyclopedia_otter.html").read_text(encoding="utf-8"), "otter")
    blocks = list(passage.blocks)
    assert (passage.source, passage.title, passage.language) == ("otter", "Marsh otter", "en")
    rows = [block for block in blocks if block.kind is BlockKind.TABLE_ROW]
    assert [(row.position, row.total) for row in rows] == [(1, 3), (2, 3), (3, 3)]
    items = [block for block in blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.position, item.total) for item in items] == [(1, 3), (2, 3), (3, 3)]
    assert any(block.kind is BlockKind.QUOTE for block in blocks)


def test_a_page_in_two_languages_marks_the_blocks_that_differ() -> None:
    page = "<html lang=en><p>A few words in English, for a start.<p lang='fr-FR'>Et quelques mots en français."
    assert [block.language for block in passage_of_page(page, "x").blocks] == ["", "fr-FR"]


def test_without_trafilatura_the_pages_own_structure_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    markup = (PAGES / "news_river.html").read_text(encoding="utf-8")
    with_vote = [block.text for block in passage_of_page(markup, "x").blocks]
    monkeypatch.setattr(html_passage, "VOTE_ELEMENTS_MAX", 1)
    without = [block.text for block in passage_of_page(markup, "x").blocks]
    assert set(with_vote) - set(without) == set()
    assert len(without) <= len(with_vote) + 2


def test_a_page_of_a_few_words_is_read_whole() -> None:
    assert [block.text for block in passage_of_page("<nav>Menu</nav><div>Closed today.</div>", "x").blocks] == [
        "Closed today."
    ]


def test_an_empty_page_says_what_to_do_next() -> None:
    for markup in ("", "<html></html>", "<div id=root></div><script>render()</script>", "<p>***</p>"):
        with pytest.raises(SourceUnreadable, match="clipboard"):
            passage_of_page(markup, "x")


def test_a_fragment_is_read_whole() -> None:
    blocks = list(passage_of_fragment("<a href='/x'>Link</a><p>Share on Facebook</p>", "x").blocks)
    assert [block.text for block in blocks] == ["Link", "Share on Facebook"]
