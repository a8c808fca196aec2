"""`narrator presenter` and `narrator voice` name what there is, first word first."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from narrator.cli import lists
from narrator.errors import FaceError
from tests.narrator.cli.command import narrator


def test_each_line_begins_with_a_presenters_name(tmp_path: Path) -> None:
    names = [entry["name"] for entry in json.loads(narrator(tmp_path, "presenter", "list", "--json").out)]
    lines = narrator(tmp_path, "presenter", "list", "--plain").out.splitlines()
    assert names
    assert [line.split()[0] for line in lines] == names


def test_one_presenter_is_told_about_and_an_unknown_one_refused(tmp_path: Path) -> None:
    name = json.loads(narrator(tmp_path, "presenter", "list", "--json").out)[0]["name"]
    assert narrator(tmp_path, "presenter", "show", name).out.startswith(f"{name}: ")
    refused = narrator(tmp_path, "presenter", "show", "nobody")
    assert refused.code == 1
    assert "presenter list" in refused.err


def test_a_listed_voice_can_be_asked_for_by_its_name(tmp_path: Path) -> None:
    listed = json.loads(narrator(tmp_path, "voice", "list", "--json").out)
    names = [entry["name"] for entry in listed]
    assert names[:3] == ["espeak", "system", "silent"]
    assert len(names) == len(set(names)) > 50
    german = next(entry["name"] for entry in listed if entry["language"] == "de")
    assert json.loads(narrator(tmp_path, "phones", "--text", "Guten Tag.", "--voice", german, "--json").out)["words"]


def test_a_voice_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    refused = narrator(tmp_path, "phones", "--text", "Hello.", "--voice", "nobody")
    assert refused.code == 1
    assert "voice list" in refused.err


def test_an_installation_without_a_face_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("narrator.assemble.presenters", list)
    with pytest.raises(FaceError, match="Install it again"):
        lists.presenters(Namespace(json=False))
    assert capsys.readouterr().out == ""
