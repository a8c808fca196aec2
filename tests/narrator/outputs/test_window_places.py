"""The window's place on each screen outlives the run, and a damaged file is as good as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.outputs.window_places import SCREENS_KEPT, WindowPlaces


def test_each_screen_has_its_own_place(tmp_path: Path) -> None:
    path = tmp_path / "state" / "window.json"
    places = WindowPlaces(path)
    places.remember("laptop", (10, 20, 300, 400))
    places.remember("monitor", (1000, 20, 500, 600))
    places.remember("laptop", (11, 21, 301, 401))
    again = WindowPlaces(path)
    assert again.recall("laptop") == (11, 21, 301, 401)
    assert again.recall("monitor") == (1000, 20, 500, 600)
    assert again.last_screen == "laptop"
    assert [file.name for file in path.parent.iterdir()] == ["window.json"]


@pytest.mark.parametrize("damage", ["", "[1, 2]", '{"laptop": "here"}', '{"laptop": [1, 2]}', "\0"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(damage)
    places = WindowPlaces(path)
    assert places.recall("laptop") is None
    places.remember("laptop", (1, 2, 3, 4))
    assert WindowPlaces(path).recall("laptop") == (1, 2, 3, 4)


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    places = WindowPlaces(tmp_path / "file" / "window.json")
    places.remember("laptop", (1, 2, 3, 4))
    assert places.recall("laptop") == (1, 2, 3, 4)


def test_without_a_file_nothing_is_kept() -> None:
    places = WindowPlaces(None)
    places.remember("laptop", (1, 2, 3, 4))
    assert places.recall("laptop") is None
    assert places.last_screen == ""


def test_it_forgets_the_screens_not_seen_for_longest(tmp_path: Path) -> None:
    places = WindowPlaces(tmp_path / "window.json")
    for number in range(SCREENS_KEPT + 5):
        places.remember(f"screen {number}", (number, 0, 320, 240))
    assert places.recall("screen 0") is None
    assert places.recall(f"screen {SCREENS_KEPT + 4}") is not None
