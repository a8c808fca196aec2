"""Markdown in; the same blocks out that a page of that shape would give."""

from __future__ import annotations

from pathlib import Path

from narrator.flow import BlockKind
from readers.markdown import MarkdownReader, passage_of_markdown

DOCUMENT = """---
title: "Bees on a balcony"
lang: en-GB
---
# Bees

One colony[^1] needs `hive[0]` and *patience*.

- a veil
- a smoker
  1. dry grass

> Ask the bees.

| mites | do |
|---|---|
| 0 | nothing |

```python
keep = bees[1]
```

![A hive on a balcony in the rain](hive.jpg)

<script>alert(1)</script>

[^1]: Not more.
"""


def test_every_kind_of_block_is_kept_in_order() -> None:
    passage = passage_of_markdown(DOCUMENT, "bees.md")
    kinds = [(block.kind, block.text) for block in passage.blocks]
    assert (passage.title, passage.language) == ("Bees on a balcony", "en-GB")
    assert kinds == [
        (BlockKind.HEADING, "Bees"),
        (BlockKind.PARAGRAPH, "One colony needs hive[0] and patience."),
        (BlockKind.LIST_ITEM, "a veil"),
        (BlockKind.LIST_ITEM, "a smoker"),
        (BlockKind.LIST_ITEM, "dry grass"),
        (BlockKind.QUOTE, "Ask the bees."),
        (BlockKind.TABLE_ROW, "mites; do"),
        (BlockKind.TABLE_ROW, "0; nothing"),
        (BlockKind.CODE, "keep = bees[1]"),
        (BlockKind.FIGURE, "A hive on a balcony in the rain"),
    ]


def test_list_items_know_their_place_and_depth() -> None:
    items = [block for block in passage_of_markdown(DOCUMENT, "x").blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.level, item.position, item.total) for item in items] == [(0, 1, 2), (0, 2, 2), (1, 1, 1)]


def test_the_first_heading_is_the_title_where_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("# A title\n\nText.\n", encoding="utf-8")
    passage = MarkdownReader().read(str(path))
    assert passage.title == "A title"
    assert [block.text for block in passage.blocks] == ["Text."]


def test_a_thousand_nested_quotes_do_no_harm() -> None:
    assert list(passage_of_markdown("> " * 5000 + "deep\n\nafter", "deep.md").blocks)
