"""`narrator voice` names what there is, first word first."""

from __future__ import annotations

import json
from pathlib import Path

from tests.narrator.cli.command import narrator


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
