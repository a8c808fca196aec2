"""The scripts behind make: valid bash, executable, and each word of the Makefile explained."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from tests.architecture.source_tree import ROOT

SHELL_SCRIPTS = [
    ROOT / ".ci" / "run",
    *sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix),
]


@pytest.mark.parametrize("script", SHELL_SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_valid_bash_and_executable(script: os.PathLike[str]) -> None:
    subprocess.run(["bash", "-n", script], check=True)
    assert os.access(script, os.X_OK)


def test_help_explains_every_word_of_the_makefile() -> None:
    words = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    shown = subprocess.run(
        ["make", "--no-print-directory", "-C", ROOT], check=True, capture_output=True, text=True
    ).stdout
    assert re.findall(r"^make ([a-z]+) +\S+", shown, re.MULTILINE) == words


def test_an_unknown_level_of_set_up_is_wrong_usage() -> None:
    done = subprocess.run([ROOT / "scripts" / "set_up", "everything"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_the_page_on_installing_names_the_same_system_libraries_as_set_up() -> None:
    set_up = (ROOT / "scripts" / "set_up").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    installed = re.search(r"run_packages=\((.*?)\)", set_up, re.DOTALL)
    named = re.search(r"--no-install-recommends (.*?)```", page, re.DOTALL)
    assert installed
    assert named
    assert named[1].replace("\\", "").split() == installed[1].split()
