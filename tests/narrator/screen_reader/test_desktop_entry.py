"""The desktop finds narrator among its programs, with its actions; removing it leaves no trace."""

from __future__ import annotations

import shlex
from configparser import ConfigParser
from pathlib import Path

import pytest

from narrator.desktop_service import ACTIONS
from narrator.screen_reader import desktop_entry
from narrator.screen_reader.installing import UserFolders, user_folders


@pytest.fixture
def folders(tmp_path: Path) -> UserFolders:
    return user_folders({"HOME": str(tmp_path)})


def read(file: Path) -> ConfigParser:
    parsed = ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(file)
    return parsed


def test_each_action_is_one_that_the_service_knows(folders: UserFolders) -> None:
    entry, service = map(read, desktop_entry.install(folders))
    actions = entry["Desktop Entry"]["Actions"].rstrip(";").split(";")
    assert set(actions) == set(ACTIONS)
    for action in actions:
        assert shlex.split(entry[f"Desktop Action {action}"]["Exec"])[1:] == ["-m", "narrator.desktop_service", action]
    assert service["D-BUS Service"]["Name"] == desktop_entry.NAME


def test_removing_leaves_what_was_there_and_nothing_else(folders: UserFolders, tmp_path: Path) -> None:
    folders.data.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    desktop_entry.install(folders)
    assert desktop_entry.remove(folders)
    assert sorted(tmp_path.rglob("*")) == before
    assert not desktop_entry.remove(folders)
