"""`narrator text` prints exactly what would be read, as text or as blocks."""

from __future__ import annotations

import json
from pathlib import Path

from tests.narrator.cli.command import narrator

MARKDOWN = "A first paragraph.\n\n## A part\n\n- one\n- two\n"


def test_blocks_are_separated_by_an_empty_line(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(MARKDOWN)
    result = narrator(tmp_path, "text", "page.md")
    assert (result.code, result.err) == (0, "")
    assert result.out == "A first paragraph.\n\nA part\n\none\n\ntwo\n"


def test_json_tells_what_each_block_is(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(MARKDOWN)
    passage = json.loads(narrator(tmp_path, "text", "page.md", "--json").out)
    assert [(block["kind"], block["text"]) for block in passage["blocks"]] == [
        ("paragraph", "A first paragraph."),
        ("heading", "A part"),
        ("list_item", "one"),
        ("list_item", "two"),
    ]
    assert set(passage) == {"source", "title", "title_is_announced", "language", "blocks"}


def test_the_title_comes_first_and_once(tmp_path: Path) -> None:
    text = "They swim well, sleep on their backs and hold hands so that the current does not part them at night."
    (tmp_path / "page.html").write_text(f"<title>Otters | Site</title><h1>Otters</h1><p>{text}</p>")
    (tmp_path / "page.md").write_text(f"# Otters\n\n{text}\n")
    for source in ("page.html", "page.md"):
        assert narrator(tmp_path, "text", source).out == f"Otters\n\n{text}\n"
        passage = json.loads(narrator(tmp_path, "text", source, "--json").out)
        assert (passage["title"], passage["title_is_announced"]) == ("Otters", True)
        assert [block["text"] for block in passage["blocks"]] == [text]


def test_a_file_name_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "notes_3.txt").write_text("They swim well.\n")
    assert narrator(tmp_path, "text", "notes_3.txt").out == "They swim well.\n"


def test_standard_input_and_words_are_sources_too(tmp_path: Path) -> None:
    assert narrator(tmp_path, "text", "-", stdin="From a pipe.").out == "From a pipe.\n"
    assert narrator(tmp_path, "text", "--text", "From the line.").out == "From the line.\n"


def test_other_scripts_come_out_whole_whatever_the_locale(tmp_path: Path) -> None:
    assert narrator(tmp_path, "text", "--text", "Привет, 世界.", LC_ALL="C", LANG="C").out == "Привет, 世界.\n"
