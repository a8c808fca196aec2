"""Nothing that lies in the folder already is written over, unless it is ours."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from narrator.errors import OutputError
from narrator.export.folder import ExportFolder, check_target
from narrator.export.page import page
from narrator.export.section_file import whole_or_not_at_all


def name_in(folder: Path, source: str = "/books/garden.md") -> str:
    with closing(ExportFolder(folder)) as films:
        return films.names([source])[source]


@pytest.mark.parametrize("ending", [".mp4", ".vtt", ".jpg"])
def test_a_file_of_somebody_elses_keeps_its_name(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"garden{ending}").write_text("mine", encoding="utf-8")
    assert name_in(tmp_path) == "garden-2"


def test_a_name_stays_although_the_run_was_killed_before_its_film_was_whole(tmp_path: Path) -> None:
    assert name_in(tmp_path) == "garden"
    (tmp_path / "garden.vtt").write_text("ours, half a film", encoding="utf-8")
    assert name_in(tmp_path) == "garden"


def test_films_whose_records_were_deleted_are_ours_by_their_scripts(tmp_path: Path) -> None:
    (tmp_path / "garden.mp4").write_bytes(b"ours")
    (tmp_path / "player").mkdir()
    (tmp_path / "player/garden.js").write_text("narratorFilm({})", encoding="utf-8")
    (tmp_path / "index.html").write_text(page([]), encoding="utf-8")
    assert name_in(tmp_path) == "garden"


@pytest.mark.parametrize("theirs", ["index.html", "report.json", "player"])
def test_a_website_of_somebody_elses_is_not_written_over(tmp_path: Path, theirs: str) -> None:
    (tmp_path / theirs).write_text("<title>My home</title>", encoding="utf-8")
    with pytest.raises(OutputError, match=f"has {theirs} that narrator did not make"):
        check_target(tmp_path)


def test_a_page_of_ours_may_be_written_again(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page([]), encoding="utf-8")
    check_target(tmp_path)


def test_only_what_a_killed_run_began_is_removed(tmp_path: Path) -> None:
    theirs = [tmp_path / name for name in ("book.part.md", ".hidden.part", "a.part.mp4", ".profile")]
    for path in theirs:
        path.write_text("mine", encoding="utf-8")
    (tmp_path / "player").mkdir()
    with whole_or_not_at_all(tmp_path / "player/a.js") as part:
        part.write_text("whole", encoding="utf-8")
        half = part.with_name(part.name.replace(str(os.getpid()), "1"))
        half.write_text("half", encoding="utf-8")
    (tmp_path / ".sections").mkdir()
    with closing(ExportFolder(tmp_path)):
        assert all(path.exists() for path in theirs)
        assert [path.name for path in (tmp_path / "player").iterdir()] == ["a.js"]
