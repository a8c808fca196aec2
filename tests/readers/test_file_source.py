"""Paths that are wrong in every way in; one clear line out."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import SourceError, SourceMissing, SourceRefused, SourceUnreadable
from readers.file_source import existing_file, has_suffix, read_bytes


def test_suffixes_count_without_regard_to_case_and_not_in_addresses() -> None:
    assert has_suffix("Book.HTML", (".html",))
    assert not has_suffix("https://example.org/a.html", (".html",))


@pytest.mark.parametrize("name", ["nothing.txt", "a\0b", "x" * 5000, "file.txt/inside"])
def test_names_of_nothing_are_missing_sources(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(SourceMissing):
        read_bytes(str(tmp_path / name))


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    for source in (str(tmp_path), "/dev/zero"):
        with pytest.raises(SourceRefused):
            existing_file(source)


def test_a_file_over_the_cap_is_refused_and_an_empty_one_unreadable(tmp_path: Path) -> None:
    large, empty = tmp_path / "large.txt", tmp_path / "empty.txt"
    large.write_bytes(b"x" * 2000)
    empty.write_bytes(b" \n")
    with pytest.raises(SourceRefused, match="larger"):
        read_bytes(str(large), bytes_max=1000)
    with pytest.raises(SourceUnreadable, match="empty"):
        read_bytes(str(empty))


def test_a_200_mb_page_is_refused_at_once(tmp_path: Path) -> None:
    page = tmp_path / "huge.html"
    with page.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(SourceError, match="larger"):
        read_bytes(str(page))
