"""It is put in place for one user, says what keeps it from being heard, and goes without a trace."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from narrator.errors import OutputError
from narrator.screen_reader import installing
from narrator.screen_reader.installing import UserFolders, install, remove, status, user_folders


@pytest.fixture
def folders(tmp_path: Path) -> UserFolders:
    return user_folders({"HOME": str(tmp_path)})


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_home_without_any_folder_gets_those_that_the_server_looks_in(folders: UserFolders, tmp_path: Path) -> None:
    place = install(folders)
    assert place == tmp_path / ".local" / "libexec" / "speech-dispatcher-modules" / "sd_narrator"
    assert (tmp_path / ".local" / "share").is_dir(), "the server goes by way of it"
    assert os.access(place, os.X_OK)


def test_what_is_installed_answers_as_a_module(folders: UserFolders) -> None:
    done = subprocess.run(
        [install(folders)], input="INIT\nQUIT\n", capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines()[-2:] == ["299 OK LOADED SUCCESSFULLY", "210 OK QUIT"]


def test_removing_leaves_what_was_there_and_nothing_else(folders: UserFolders, tmp_path: Path) -> None:
    folders.data.mkdir(parents=True)
    before = tree(tmp_path)
    install(folders)
    install(folders)
    assert remove(folders)
    assert tree(tmp_path) == before
    assert not remove(folders)


def test_another_module_beside_it_stays(folders: UserFolders) -> None:
    place = install(folders)
    other = place.with_name("sd_other")
    other.write_text("#!/bin/sh\n")
    remove(folders)
    assert other.exists()


def test_modules_listed_in_the_configuration_are_named_with_the_line_to_add(folders: UserFolders) -> None:
    install(folders)
    file = folders.config / "speech-dispatcher" / "speechd.conf"
    file.parent.mkdir(parents=True)
    file.write_text('# AddModule "x"\n AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"\n')
    (fault,) = [one for one in status(folders) if not one.works and "AddModule" in one.detail]
    assert 'AddModule "narrator" "sd_narrator" ""' in fault.mend
    file.write_text(f"{file.read_text()}AddModule narrator sd_narrator\n")
    assert not [one for one in status(folders) if not one.works and "AddModule" in one.detail]


def test_an_installation_whose_narrator_has_gone_is_named(folders: UserFolders) -> None:
    assert any("not installed for this user" in one.detail for one in status(_with_data(folders)))
    place = install(folders)
    place.write_text(place.read_text().replace("exec ", "exec /nowhere"))
    assert any("starts no narrator" in one.detail for one in status(folders))


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".local").write_text("a file")
    with pytest.raises(OutputError, match=r"expected to write .* Check the folder"):
        install(user_folders({"HOME": str(tmp_path)}))


def test_without_a_running_server_nothing_is_known_to_be_loaded(folders: UserFolders) -> None:
    assert installing.loaded_modules(folders) is None


def _with_data(folders: UserFolders) -> UserFolders:
    folders.data.mkdir(parents=True)
    return folders
