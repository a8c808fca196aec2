"""Files, folders, patterns and lists in; each document once out."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import SourceMissing, SourceRefused
from narrator.export.sources import documents


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in ("b.md", "a.txt", "deep/c.html", ".hidden/d.md", "picture.png", "talk.wav", "talk.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words", encoding="utf-8")
    return tmp_path.resolve()


def test_a_folder_gives_all_that_can_be_read_in_it(shelf: Path) -> None:
    assert documents([str(shelf)]) == [str(shelf / name) for name in ("a.txt", "b.md", "talk.wav", "deep/c.html")]


def test_a_pattern_gives_what_it_matches(shelf: Path) -> None:
    assert documents([str(shelf / "*.md"), str(shelf / "**/*.html")]) == [
        str(shelf / "b.md"),
        str(shelf / "deep/c.html"),
    ]


def test_a_file_of_addresses_gives_the_addresses(shelf: Path) -> None:
    (shelf / "pages.txt").write_text("https://example.org/a\n\n# later\nhttp://example.org/b\n", encoding="utf-8")
    assert documents([str(shelf / "pages.txt")]) == ["https://example.org/a", "http://example.org/b"]


def test_a_marked_list_may_name_files_too(shelf: Path) -> None:
    (shelf / "all.list").write_text("b.md\nhttps://example.org/a\n", encoding="utf-8")
    assert documents([f"@{shelf / 'all.list'}"]) == [str(shelf / "b.md"), "https://example.org/a"]


def test_what_is_named_twice_is_made_once(shelf: Path) -> None:
    assert documents([str(shelf / "b.md"), str(shelf / "*.md")]) == [str(shelf / "b.md")]


def test_one_name_that_leads_nowhere_is_left_for_the_report(shelf: Path) -> None:
    assert documents([str(shelf / "gone.md")]) == [str(shelf / "gone.md")]


@pytest.mark.parametrize("named", ["{0}/*.epub", "@{0}/none.list", "@{0}/empty.list", "{0}/empty"])
def test_nothing_at_all_is_told(shelf: Path, named: str) -> None:
    (shelf / "empty.list").write_text("# nothing\n", encoding="utf-8")
    (shelf / "empty").mkdir()
    with pytest.raises(SourceMissing):
        documents([named.format(shelf)])


@pytest.mark.parametrize("named", ["-", "clipboard"])
def test_what_is_gone_the_next_time_is_refused(named: str) -> None:
    with pytest.raises(SourceRefused):
        documents([named])
