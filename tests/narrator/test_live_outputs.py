"""Outputs of a running narration are made by name; one that cannot be had is refused with the line that mends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator.errors import OutputError
from narrator.live_outputs import LiveOutputs
from narrator.made_from import MadeFrom
from narrator.settings import Settings


def outlets() -> LiveOutputs:
    return LiveOutputs(Settings, lambda: (), MadeFrom())


def test_a_film_is_made_by_its_file_name(tmp_path: Path) -> None:
    film = outlets().make(str(tmp_path / "talk.mp4"))
    film.close(completed=False)
    assert not list(tmp_path.iterdir())


def test_without_a_screen_the_window_is_refused_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    window = next(one for one in outlets().all() if one["name"] == "window")
    assert not window["works"]
    assert window["mend"]
    with pytest.raises(OutputError, match="DISPLAY"):
        outlets().make("window")


def test_what_is_no_output_is_refused() -> None:
    with pytest.raises(OutputError, match="window, camera or a FILE.mp4"):
        outlets().make("parrot")
