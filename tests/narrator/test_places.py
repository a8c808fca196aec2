"""The user's data lie where the system's convention has them; a path that a person names is taken as meant."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from narrator.places import from_anywhere, named_path, user_data_folder, whole_path


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: the XDG convention")
def test_it_follows_the_xdg_convention_and_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert user_data_folder() == tmp_path / "data" / "narrator"
    assert not user_data_folder().exists()


def test_a_home_is_opened_and_one_that_nobody_has_stays_a_name() -> None:
    assert named_path("~/film.mp4") == Path.home() / "film.mp4"
    assert named_path("~nobody-has-this/film.mp4") == Path("~nobody-has-this/film.mp4")


def test_what_leads_nowhere_still_has_a_whole_path(tmp_path: Path) -> None:
    ring = tmp_path / "ring.mp4"
    ring.symlink_to("ring.mp4")
    assert whole_path(str(ring)) == ring
    assert whole_path(f"/{'a' * 300}/{'b' * 5000}").is_absolute()


def test_only_a_file_that_is_there_is_named_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text("Hello.")
    assert from_anywhere("page.txt") == str(tmp_path.resolve() / "page.txt")
    for other in ("https://example.org/page", "~nobody-has-this/page.txt", "a" * 5000, "clipboard"):
        assert from_anywhere(other) == other
