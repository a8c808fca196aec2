"""The README opens with a sentence, a picture and two commands, which machines call too."""

from __future__ import annotations

import re
import shlex

import pytest

from narrator.cli.arguments import parser
from tests.architecture.source_tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
OPENING = "\n".join(README.splitlines()[:20])


def test_both_commands_stand_within_the_first_20_lines() -> None:
    assert re.search(r"^make demo\b", OPENING, re.MULTILINE)
    assert re.search(r"^make test\b", OPENING, re.MULTILINE)


def test_a_picture_the_program_made_stands_before_them() -> None:
    picture = re.search(r"!\[[^\]]{20,}\]\(([^)]+)\)", OPENING)
    assert picture, "expected a picture with a description of what is seen"
    assert (ROOT / picture[1]).is_file()
    assert picture.start() < OPENING.index("make demo")


def test_every_local_link_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    faults = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not faults


def test_machines_call_the_readme_s_own_test_command() -> None:
    assert re.search(r"^make test ", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)


def commands() -> list[str]:
    pages = [README, (ROOT / "docs" / "install.md").read_text(encoding="utf-8")]
    blocks = [block for page in pages for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL)]
    return [line for block in blocks for line in block.splitlines() if line.startswith("narrator ")]


@pytest.mark.parametrize("command", commands())
def test_the_command_line_understands_every_command_shown(command: str) -> None:
    assert exit_status(shlex.split(command, comments=True)[1:]) == 0


def exit_status(arguments: list[str]) -> int:
    """0 when understood; --help ends so too, wrong usage ends with 2."""
    try:
        parser().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_it_says_what_it_is_not() -> None:
    said = README.lower()
    assert "sign language" in said
    assert "captions" in said
